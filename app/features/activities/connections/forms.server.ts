import { z } from 'zod'
import { fields, type FormErrors, type FormValues } from '#app/platform/forms.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { Decision } from './decide.server.ts'
import type { MinimumRule } from './durations.ts'
import { ruleKinds } from './words.ts'

export const ruleForm = z
  .object({
    regle: z.enum(ruleKinds),
    valeur: fields.optionalInteger(0, 1440),
    retenir: fields.tick(),
    remplace: fields.optionalId(),
  })
  .superRefine(({ regle, valeur }, issues) => {
    if (regle === 'none') return
    if (valeur === null) issues.addIssue({ code: 'custom', path: ['valeur'], message: 'Donnez un nombre.' })
    else if (regle === 'share' && valeur > 100)
      issues.addIssue({ code: 'custom', path: ['valeur'], message: 'Une part va de 0 à 100\u00a0%.' })
  })

export const ruleSaid = ({ regle, valeur }: z.output<typeof ruleForm>): MinimumRule => ({
  kind: regle,
  value: regle === 'none' ? 0 : (valeur ?? 0),
})

/** A line answered « une autre personne » without script: who it is was typed, and is looked for. */
export type Answer = Decision | { kind: 'named'; text: string }

const uuid = z.uuid()
const newPerson = z.object({
  givenName: fields.line(100, 'Donnez un prénom.'),
  familyName: fields.line(100, 'Donnez un nom de famille.'),
  email: fields.optionalEmail(),
})
const fieldNames = { givenName: 'prenom', familyName: 'nom', email: 'courriel' } as const

/** « d.<ligne> » holds the answer of each line; what an answer needs is in the fields of the same line. */
export function readAnswers(values: FormValues): Result<Map<string, Answer>, FormErrors> {
  const answers = new Map<string, Answer>()
  const errors: FormErrors = {}
  const text = (name: string) => [values[name] ?? ''].flat().at(-1) ?? ''
  for (const name of Object.keys(values)) {
    const line = name.startsWith('d.') ? name.slice(2) : ''
    if (!uuid.safeParse(line).success) continue
    const answer = readAnswer(text(name), (field) => text(`${field}.${line}`))
    if (answer.ok) {
      if (answer.value) answers.set(line, answer.value)
    } else for (const [field, list] of Object.entries(answer.error)) errors[`${field}.${line}`] = list
  }
  return Object.keys(errors).length > 0 ? err(errors) : ok(answers)
}

function readAnswer(said: string, text: (field: string) => string): Result<Answer | null, FormErrors> {
  if (said === '') return ok(null)
  if (said === 'inconnue') return ok({ kind: 'unidentified' })
  if (said === 'cote') return ok({ kind: 'aside' })
  if (said === 'nouvelle') return readNew(text)
  if (said === 'autre') return readOther(text('autre'), text('autreTexte'))
  return uuid.safeParse(said).success ? ok({ kind: 'person', personId: said }) : err({ d: ['Ce choix n’existe pas.'] })
}

function readNew(text: (field: string) => string): Result<Answer, FormErrors> {
  const read = newPerson.safeParse({ givenName: text('prenom'), familyName: text('nom'), email: text('courriel') })
  if (read.success) return ok({ kind: 'new', ...read.data })
  const errors: FormErrors = {}
  for (const { path, message } of read.error.issues)
    (errors[fieldNames[path[0] as keyof typeof fieldNames]] ??= []).push(message)
  return err(errors)
}

function readOther(id: string, typed: string): Result<Answer, FormErrors> {
  if (uuid.safeParse(id).success) return ok({ kind: 'person', personId: id })
  const name = typed.trim().slice(0, 200)
  return name === ''
    ? err({ autre: ['Cherchez la personne par son nom ou son adresse.'] })
    : ok({ kind: 'named', text: name })
}
