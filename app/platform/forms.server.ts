import { data } from 'react-router'
import { z } from 'zod'
import { err, ok, type Result } from './result.ts'

export type FormErrors = Record<string, string[]>
/** What was sent, as text, so that the page can show it again beside its errors. */
export type FormValues = Record<string, string | string[]>

export interface FormFailure {
  errors: FormErrors
  values: FormValues
}

const MAX_FIELDS = 2000
const MAX_BODY = 1_000_000

/** Frequent refusals in French; a schema's own sentence wins. */
z.config({
  ...z.locales.fr(),
  customError: (issue) => {
    if (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null || issue.input === ''))
      return 'Ce champ est obligatoire.'
    if (issue.code === 'invalid_type') return 'Cette valeur n’est pas de la forme attendue.'
    if (issue.code === 'too_big' && issue.origin === 'string')
      return `Ce texte est trop long (${issue.maximum} caractères au plus).`
    if (issue.code === 'too_small' && issue.origin === 'string') return 'Ce champ est obligatoire.'
    if (issue.code === 'too_big' && issue.origin === 'number')
      return `Ce nombre est trop grand (${issue.maximum} au plus).`
    if (issue.code === 'too_small' && issue.origin === 'number')
      return `Ce nombre est trop petit (${issue.minimum} au moins).`
    if (issue.code === 'too_big' && issue.origin === 'array') return `Trop de réponses (${issue.maximum} au plus).`
    if (issue.code === 'invalid_value') return 'Ce choix n’existe pas.'
    if (issue.code === 'invalid_format' && issue.format === 'email')
      return 'Cette adresse électronique n’est pas valable.'
    if (issue.code === 'invalid_format' && issue.format === 'uuid') return 'Ce choix n’existe pas.'
    if (issue.code === 'invalid_format') return 'Cette valeur n’est pas de la forme attendue.'
    return undefined
  },
})

/** The fields of a request, before any check. A body too large is a 413, an unreadable one a 400: both end the request. */
export async function readForm(request: Request, { maxBytes = MAX_BODY } = {}): Promise<FormData> {
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > maxBytes) throw data('Ce formulaire est trop volumineux.', { status: 413 })
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type))
    throw data('Ce formulaire n’est pas lisible.', { status: 415 })
  try {
    return await request.formData()
  } catch (cause) {
    if ((cause as { status?: number }).status === 413) throw data('Ce formulaire est trop volumineux.', { status: 413 })
    throw data('Ce formulaire n’est pas lisible.', { status: 400 })
  }
}

/**
 * Reads and checks a form. A field sent several times, or whose name ends with `[]`, is a list (without the `[]`); control
 * characters are dropped, line ends made plain. `errors` has one list of sentences by field, '' for the whole form.
 */
export async function parseForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Result<z.output<Schema>, FormFailure>> {
  return checkForm(await readForm(request), schema)
}

export function checkForm<Schema extends z.ZodType>(
  form: FormData,
  schema: Schema,
): Result<z.output<Schema>, FormFailure> {
  const values = formValues(form)
  const parsed = schema.safeParse(values)
  return parsed.success ? ok(parsed.data) : err({ errors: errorsOf(parsed.error), values })
}

export function errorsOf(error: z.ZodError): FormErrors {
  const errors: FormErrors = {}
  for (const issue of error.issues) (errors[issue.path.map(String).join('.')] ??= []).push(issue.message)
  for (const name of Object.keys(errors)) errors[name] = [...new Set(errors[name])]
  return errors
}

export function formValues(form: FormData): FormValues {
  const values: FormValues = {}
  const names = [...new Set(form.keys())]
  if (names.length > MAX_FIELDS) throw data('Ce formulaire est trop volumineux.', { status: 413 })
  for (const name of names) {
    const texts = form
      .getAll(name)
      .filter((value) => typeof value === 'string')
      .map(cleanText)
    if (texts.length === 0) continue
    if (name.endsWith('[]')) values[name.slice(0, -2)] = texts
    else values[name] = texts.length === 1 ? texts[0]! : texts
  }
  return values
}

/** No control characters but line ends and tabs; no direction marks that would turn a name round; NFC. */
export const cleanText = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .toWellFormed()
    .normalize('NFC')

/** Pieces of schemas shared by forms. Empty text is null where the table allows it. */
export const fields = {
  /** Required text on one line. */
  line: (max = 200, sentence = 'Ce champ est obligatoire.') =>
    z
      .string({ error: sentence })
      .transform(oneLine)
      .pipe(z.string().min(1, sentence).max(max, `Ce texte est trop long (${max} caractères au plus).`)),
  optionalLine: (max = 200) =>
    z
      .string()
      .default('')
      .transform(oneLine)
      .pipe(z.string().max(max, `Ce texte est trop long (${max} caractères au plus).`))
      .transform((text) => text || null),
  optionalText: (max = 10_000) =>
    z
      .string()
      .default('')
      .transform((text) => text.trim())
      .pipe(z.string().max(max, `Ce texte est trop long (${max} caractères au plus).`))
      .transform((text) => text || null),
  email: () =>
    z
      .string({ error: 'Donnez une adresse électronique.' })
      .transform((text) => text.trim().toLowerCase())
      .pipe(z.string().min(1, 'Donnez une adresse électronique.'))
      .pipe(emailRule),
  optionalEmail: () =>
    z
      .string()
      .default('')
      .transform((text) => text.trim().toLowerCase())
      .pipe(z.union([z.literal(''), emailRule]))
      .transform((text) => text || null),
  /** An unticked box is not sent. */
  tick: () =>
    z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((value) => value !== undefined && value !== '' && value !== 'non'),
  /** One or several values, none at all included. */
  list: <Item extends z.ZodType<unknown, string>>(item: Item, max = 200) =>
    z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((value) => [value ?? []].flat().filter((text) => text !== ''))
      .pipe(z.array(item).max(max, `Trop de réponses (${max} au plus).`)),
  optionalId: () =>
    z
      .string()
      .default('')
      .transform((text) => text || null)
      .pipe(z.uuid('Ce choix n’existe pas.').nullable()),
  optionalInteger: (min: number, max: number) =>
    z
      .string()
      .default('')
      .transform((text) => text.replace(/[\s\u00a0\u202f]/g, ''))
      .pipe(z.string().regex(/^(-?\d{1,12})?$/, 'Donnez un nombre entier.'))
      .transform((text) => (text === '' ? null : Number(text)))
      .pipe(z.number().min(min, `${min} au moins.`).max(max, `${max} au plus.`).nullable()),
}

const emailRule = z.email('Cette adresse électronique n’est pas valable.').max(254, 'Cette adresse est trop longue.')

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
