import { checkForm, fields, type FormErrors } from '#app/platform/forms.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { z } from 'zod'
import { OURS, readQuarters } from './quarters.ts'
import type { SharesInput } from './shares.server.ts'

const partName = z.union([z.literal(OURS), z.uuid()])
const rest = z.looseObject({
  commonId: fields.optionalLine(300),
  reporterId: z.union([z.literal(OURS), z.uuid()], { error: 'Ce choix n’existe pas.' }).default(OURS),
})

/** One field for each organiser: halves and quarters of half-days. */
export function readShares(form: FormData): Result<SharesInput, FormErrors> {
  const read = checkForm(form, rest)
  if (!read.ok) return err(read.error.errors)
  const errors: FormErrors = {}
  const parts: { organisationId: string | null; quarters: number }[] = []
  for (const [name, value] of Object.entries(read.value)
    .filter(([key]) => key.startsWith('part.'))
    .slice(0, 101)) {
    const who = partName.safeParse(name.slice('part.'.length))
    const quarters = typeof value === 'string' ? readQuarters(value) : null
    if (!who.success || quarters === null)
      errors[name] = ['Donnez un nombre de demi-journées, au quart près\u202f: 1, 0,5 ou 1,75.']
    else parts.push({ organisationId: who.data === OURS ? null : who.data, quarters })
  }
  if (Object.keys(errors).length > 0) return err(errors)
  const { commonId, reporterId } = read.value
  return ok({ parts, commonId, reporterId: reporterId === OURS ? null : reporterId })
}
