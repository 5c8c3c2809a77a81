import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { fromParis, parseDay, parseDayTime, parseTime } from '#app/ui/french.ts'

/** Pieces of forms of this feature. Everything comes as text; what cannot be read is a sentence at its field. */

const text = () =>
  z
    .string()
    .default('')
    .transform((value) => value.trim())

const NO_SUCH_DAY = 'Cette date n’existe pas. Exemple\u202f: 24/11/2022.'
const NO_SUCH_TIME = 'Cette heure n’existe pas. Exemple\u202f: 9 h 30.'

/** A centre has no activity before 1990, and plans none a century ahead. */
const inReach = (day: string) => day >= '1990-01-01' && day <= '2099-12-31'

type Issues = { addIssue: (issue: { code: 'custom'; message: string }) => void }
const refuse = (issues: Issues, message: string) => {
  issues.addIssue({ code: 'custom', message })
  return z.NEVER
}

function readDay(value: string, issues: Issues): string {
  const day = parseDay(value)
  if (!day) return refuse(issues, NO_SUCH_DAY)
  return inReach(day) ? day : refuse(issues, 'Cette date est hors de portée\u202f: vérifiez l’année.')
}

export const day = (missing = 'Donnez une date.') =>
  text().transform((value, issues) => (value === '' ? refuse(issues, missing) : readDay(value, issues)))

export const optionalDay = () => text().transform((value, issues) => (value === '' ? null : readDay(value, issues)))

export const time = (missing = 'Donnez une heure.') =>
  text().transform((value, issues) =>
    value === '' ? refuse(issues, missing) : (parseTime(value) ?? refuse(issues, NO_SUCH_TIME)),
  )

export const optionalTime = () =>
  text().transform((value, issues) => (value === '' ? null : (parseTime(value) ?? refuse(issues, NO_SUCH_TIME))))

/** A date and an hour of Paris, as an instant. */
export const optionalInstant = () =>
  text().transform((value, issues) => {
    if (value === '') return null
    const read = parseDayTime(value)
    if (!read) return refuse(issues, 'Cette date n’existe pas. Exemple\u202f: 24/11/2022 à 9 h 30.')
    const [date = '', hour = ''] = read.split('T')
    return inReach(date)
      ? fromParis(date, hour)
      : refuse(issues, 'Cette date est hors de portée\u202f: vérifiez l’année.')
  })

/** A link of the web; « https:// » is added when it was left out. Nothing else runs from a page of ours. */
export const optionalLink = () =>
  fields
    .optionalLine(1000)
    .transform((value) => (value && !/^[a-z][a-z0-9+.-]*:/i.test(value) ? `https://${value}` : value))
    .refine((value) => value === null || isWebAddress(value), {
      error: 'Ce lien n’est pas valable. Exemple\u202f: https://www.exemple.fr/page',
    })

function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && url.username === ''
}

/** An id of a vocabulary or of a territory: whether it exists is asked of the database. */
export const code = (missing: string) => text().pipe(z.string().min(1, missing).max(120, 'Ce choix n’existe pas.'))

export const optionalCode = () =>
  text()
    .pipe(z.string().max(120, 'Ce choix n’existe pas.'))
    .transform((value) => value || null)

export const codes = (max: number) => fields.list(z.string().max(120, 'Ce choix n’existe pas.'), max)

export const choice = <const Code extends string>(list: readonly Code[], missing: string) => z.enum(list, missing)

/** The version of the record the form was made from (see editing.server.ts). */
export const version = () =>
  text().transform((value) => {
    const read = new Date(value)
    return value === '' || Number.isNaN(read.getTime()) ? null : read
  })
