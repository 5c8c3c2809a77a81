import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { attendanceModes, attendanceStatuses } from '../schema.server.ts'
import type { TraceRange } from './traces.server.ts'
import { maxUnidentified, unidentifiedBases } from './unidentified.ts'

/** What the forms of the attendance pages send. */

const json = z.string().transform((text, issues): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    issues.addIssue({ code: 'custom', message: 'Ces pointages ne sont pas lisibles.' })
    return z.NEVER
  }
})

const status = z.enum(attendanceStatuses)
const mode = z.enum(attendanceModes)

/** A row that waits or was cancelled sends its own status back when only its mode changes: that asks for nothing. */
const asked = status.transform((value) => (value === 'waitlisted' || value === 'cancelled' ? undefined : value))

const mark = z.object({ attendanceId: z.uuid(), status: asked, mode, seen: status })

export const sentMarks = z.object({ pointages: json.pipe(z.array(mark).min(1).max(2000)) })

/** « 120-161 » */
export const traceRange = z
  .string()
  .regex(/^\d{1,15}-\d{1,15}$/, 'Ce pointage ne peut plus être annulé.')
  .transform((text): TraceRange => {
    const [from, to] = text.split('-').map(Number)
    return { from: from!, to: to! }
  })

/** The list sent whole, without script: `vu` tells what each row was when the page was read, so that only what was changed moves. */
export const plainMarks = z
  .looseObject({ vu: fields.list(z.string().max(80), 1000) })
  .transform(({ vu, ...answers }, issues) =>
    vu.flatMap((line) => {
      const [attendanceId, seen, seenMode] = line.split('/')
      const read = mark.safeParse({
        attendanceId,
        seen,
        status: answers[`s.${attendanceId}`] ?? seen,
        mode: answers[`m.${attendanceId}`] ?? seenMode,
      })
      if (!read.success) {
        issues.addIssue({ code: 'custom', message: 'Cette liste n’est pas lisible.' })
        return []
      }
      return read.data.status === seen && read.data.mode === seenMode ? [] : [read.data]
    }),
  )

const optionalTerm = fields.optionalLine(100)

export const walkInForm = z
  .object({
    personne: fields.optionalId(),
    prenom: fields.optionalLine(100),
    nom: fields.optionalLine(100),
    courriel: fields.optionalEmail(),
    organisationId: fields.optionalId(),
    organisation: fields.optionalLine(200),
    fonction: fields.optionalLine(200),
    profil: optionalTerm,
    mode: z.union([z.literal('').transform(() => null), mode]).default(null),
  })
  .superRefine(({ personne, prenom, nom }, issues) => {
    if (personne) return
    if (!prenom) issues.addIssue({ code: 'custom', path: ['prenom'], message: 'Donnez un prénom.' })
    if (!nom) issues.addIssue({ code: 'custom', path: ['nom'], message: 'Donnez un nom de famille.' })
  })

export const unidentifiedForm = z.object({
  nombre: fields.optionalInteger(0, maxUnidentified),
  base: z.enum(unidentifiedBases),
})

export const correctionForm = z.object({
  intent: z.enum(['corriger', 'reprendre', 'a-pointer']),
  fonction: fields.optionalLine(200),
  organisationId: fields.optionalId(),
  organisation: fields.optionalLine(200),
  profil: optionalTerm,
  departement: optionalTerm,
  annuaire: fields.tick(),
})
