import { data, redirect } from 'react-router'
import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { fields, type FormValues, formValues, readForm } from '#app/platform/forms.server.ts'
import { importKnowns, importMatchings, type ImportKind } from '#app/platform/imports.ts'
import type { Result } from '#app/platform/result.ts'
import { sheetSentence } from '#app/platform/sheets/sheet.ts'
import { badRequest, forbidden, notFound } from '#app/platform/web.server.ts'
import {
  abandonImport,
  checkImport,
  chooseSheet,
  confirmImport,
  type GestureError,
  type LayoutError,
  type MappingError,
  reworkImport,
  type UndoError,
  undoImport,
} from './change-import.server.ts'
import type { Mapping } from './guess.ts'
import { type Settled, settleAll, settleDoubts } from './settle-doubts.server.ts'

export interface ImportAnswer {
  errors: Record<string, string[]>
  /** The columns as they were chosen, so that nothing is chosen twice. */
  values: FormValues
}

const choicesInput = z.object({
  matching: z.enum(importMatchings, 'Dites ce qui fait reconnaître une personne.'),
  known: z.enum(importKnowns, 'Dites que faire d’une personne déjà connue.'),
  properCase: fields.tick(),
  addOrganisations: fields.tick(),
})

/** One gesture of the page of an import; comes back to it, or says why not. */
export async function importAction(ctx: AppContext, kind: ImportKind, id: string, request: Request) {
  const values = formValues(await readForm(request))
  const intent = String(values.intent ?? '')
  switch (intent) {
    case 'sheet':
      return answer(await chooseSheet(ctx, kind, id, sheetOf(values)), id, values)
    case 'check':
      return check(ctx, kind, id, values)
    case 'rework':
      return answer(await reworkImport(ctx, kind, id), id, values)
    case 'confirm':
      return answer(await confirmImport(ctx, kind, id), id, values)
    case 'undo':
      return answer(await undoImport(ctx, kind, id), id, values)
    case 'settle':
      return answer(await settleDoubts(ctx, kind, id, settledIn(values)), id, values)
    case 'settle-same':
    case 'settle-new':
    case 'settle-out':
      return answer(await settleAll(ctx, kind, id, intent.slice(7) as 'same' | 'new' | 'out'), id, values)
    case 'abandon': {
      const done = await abandonImport(ctx, kind, id)
      return done.ok ? redirect('/bureau/imports') : answer(done, id, values)
    }
    default:
      throw badRequest('Ce geste n’est pas connu.')
  }
}

function sheetOf(values: FormValues) {
  const line = Number(values.headerLine)
  const sheet = String(values.sheet ?? '').slice(0, 200) || null
  // another sheet has its headers elsewhere
  const same = sheet === (String(values.sheetBefore ?? '') || null)
  return { sheet, ...(same && Number.isInteger(line) && line > 0 ? { headerLine: line } : {}) }
}

async function check(ctx: AppContext, kind: ImportKind, id: string, values: FormValues) {
  const choices = choicesInput.safeParse(values)
  const { mapping, twice } = mappingIn(values, kind)
  if (!choices.success || twice) {
    const errors: ImportAnswer['errors'] = {}
    for (const { path, message } of choices.error?.issues ?? []) errors[path.join('.')] = [message]
    if (twice) errors[twice.field] = [columnTwice(kind, twice.key)]
    return data({ errors, values } satisfies ImportAnswer, { status: 400 })
  }
  return answer(await checkImport(ctx, kind, id, { mapping, choices: choices.data }), id, values)
}

/** `c3` = « email »: the fourth column holds addresses. */
function mappingIn(values: FormValues, { columns }: ImportKind) {
  const mapping: Mapping = {}
  let twice: { field: string; key: string } | null = null
  for (const [name, value] of Object.entries(values)) {
    const place = /^c(\d{1,3})$/.exec(name)?.[1]
    if (place === undefined || typeof value !== 'string' || !columns.some(({ key }) => key === value)) continue
    if (value in mapping) twice ??= { field: name, key: value }
    mapping[value] = Number(place)
  }
  return { mapping, twice }
}

const columnTwice = (kind: ImportKind, key: string) =>
  `Deux colonnes donnent « ${kind.columns.find((column) => column.key === key)?.label ?? key} »\u202f: n’en gardez qu’une.`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `d12` = « new », « out », « » or the number of a record: what was decided of line 12. */
function settledIn(values: FormValues): Settled[] {
  return Object.entries(values).flatMap(([name, value]): Settled[] => {
    const line = /^d(\d{1,7})$/.exec(name)?.[1]
    if (line === undefined || typeof value !== 'string') return []
    if (value === 'new' || value === 'out') return [{ line: Number(line), decision: value, recordId: null }]
    return [
      { line: Number(line), decision: UUID.test(value) ? 'same' : null, recordId: UUID.test(value) ? value : null },
    ]
  })
}

function answer(
  result: Result<null, GestureError | LayoutError | MappingError | UndoError>,
  id: string,
  values: FormValues,
) {
  if (result.ok) return redirect(`/bureau/imports/${id}`)
  const { error } = result
  const say = (field: string, sentence: string, status: number) =>
    data({ errors: { [field]: [sentence] }, values } satisfies ImportAnswer, { status })
  switch (error.type) {
    case 'not-found':
      throw notFound('Cet import n’existe pas.')
    case 'not-allowed':
      throw forbidden('Votre rôle ne permet pas cette reprise.')
    case 'not-now':
      return say('', 'L’import n’en est plus là\u202f: la page montre où il en est.', 409)
    case 'refused-file':
      return say('sheet', sheetSentence(error.problem), 400)
    case 'missing-column':
      return say('', error.sentence, 400)
    case 'too-late':
      return say('', 'Les lignes de ce fichier ont été oubliées\u202f: l’import ne s’annule plus.', 409)
    default:
      return error satisfies never
  }
}
