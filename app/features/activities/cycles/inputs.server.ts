import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { choice, codes } from '../record/fields.server.ts'
import { seriesKinds, visibilities } from '../schema.server.ts'

const NOT_HOURS = 'Donnez un nombre d’heures. Exemple\u202f: 21 ou 10 h 30.'

/** « 21 », « 10,5 », « 10 h 30 »: minutes; null when nothing is said. */
export const optionalHours = () =>
  fields.optionalLine(20).transform((text, issues) => {
    if (text === null) return null
    const [, hours, decimals, minutes = ''] = /^(\d{1,3})(?:([.,]\d{1,2})|\s*h\s*(\d{1,2})?)?$/i.exec(text) ?? []
    const total =
      Number(hours) * 60 + Math.round(Number(`0${(decimals ?? '').replace(',', '.')}`) * 60) + Number(minutes)
    if (hours !== undefined && Number(minutes) < 60 && total >= 1) return total
    issues.addIssue({ code: 'custom', message: NOT_HOURS })
    return z.NEVER
  })

const named = {
  title: fields.line(200, 'Donnez un titre à cette série.'),
  kind: choice(seriesKinds, 'Dites si c’est un cycle de formation.'),
  description: fields.optionalText(4000),
}

/** What is asked to begin with. */
export const newSeriesInput = z.object(named)
export type NewSeriesInput = z.output<typeof newSeriesInput>

export const seriesInput = z.object({
  ...named,
  objectives: fields.optionalText(4000),
  audience: fields.optionalText(1000),
  profileIds: codes(60),
  requiredShare: fields.optionalInteger(1, 100),
  plannedMinutes: optionalHours(),
  visibility: choice(visibilities, 'Dites qui peut voir la page de cette série.'),
})
export type SeriesInput = z.output<typeof seriesInput>
