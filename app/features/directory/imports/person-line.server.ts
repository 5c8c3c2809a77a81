import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportReason } from '#app/platform/imports.ts'
import type { ConsentHow, ConsentPurpose } from '../labels.ts'
import { consentHowLabels } from '../labels.ts'
import { consentPurposes } from '../schema.server.ts'
import { readEmails, readPhones } from './contacts.ts'
import { readDate } from './dates.ts'
import { departementLookup, termLookup } from './lookups.server.ts'
import { properName, splitFullName, withoutCivility } from './names.ts'
import { bareLine, bareText, plainWords, readAnswer } from './words.ts'

/** What a line says of somebody. */
export interface PersonSaid extends Record<string, unknown> {
  givenName: string
  familyName: string
  email: string | null
  phone: string | null
  departementId: string | null
  note: string | null
  organisation: string | null
  function: string | null
  profileId: string | null
  validFrom: string | null
  validTo: string | null
  consents: SaidConsent[]
  /** The names as searches write them, once the database has said it. */
  plain?: { given: string; family: string; organisation: string }
}

export interface SaidConsent {
  purpose: ConsentPurpose
  given: boolean
  /** null: said without a date, which only a refusal may be. */
  day: string | null
  how: ConsentHow
  origin: string | null
}

export type Cells = Readonly<Record<string, string>>
export type ReadPerson = (cells: Cells) => { said: PersonSaid; reasons: ImportReason[] }

/** The words of the vocabularies, read once for the whole file. */
export async function personReader(db: Database, { properCase }: ImportChoices): Promise<ReadPerson> {
  const [profile, departement] = [await termLookup(db, 'profil'), await departementLookup(db)]
  return (cells) => {
    const reasons: ImportReason[] = []
    const say = (code: string, column: string, text?: string | null, fatal = false) =>
      void reasons.push({ code, column, ...(text ? { text: text.slice(0, 200) } : {}), ...(fatal ? { fatal } : {}) })
    const cell = (key: string) => cells[key] ?? ''
    const names = readNames(cell, say, properCase)
    const reach = readReach(cell, say)
    const departementId = departement.byWord(bareLine(cell('departement'))) ?? departement.byPostcode(cell('postcode'))
    if (!departementId && bareLine(cell('departement'))) say('departement-unknown', 'departement', cell('departement'))
    const profileId = profile(bareLine(cell('profile')))
    if (!profileId && bareLine(cell('profile'))) say('profile-unknown', 'profile', cell('profile'))
    const dates = readDates(cell, say)
    return {
      said: {
        ...names,
        email: reach.email,
        phone: reach.phone,
        departementId,
        note: [bareText(cell('note')).slice(0, 4000), ...reach.more].filter(Boolean).join('\n') || null,
        organisation: bareLine(cell('organisation')) || null,
        function: bareLine(cell('function'), 150) || null,
        profileId,
        ...dates,
        consents: readConsents(cell, say),
      },
      reasons,
    }
  }
}

type Cell = (key: string) => string
type Say = (code: string, column: string, text?: string | null, fatal?: boolean) => void

function readNames(cell: Cell, say: Say, properCase: boolean) {
  let familyName = withoutCivility(bareLine(cell('familyName'), 100))
  let givenName = withoutCivility(bareLine(cell('givenName'), 100))
  const full = bareLine(cell('fullName'))
  if (full && (!familyName || !givenName)) {
    const split = splitFullName(full)
    familyName ||= split.familyName.slice(0, 100)
    givenName ||= split.givenName.slice(0, 100)
  }
  if (!familyName) say('no-name', full ? 'fullName' : 'familyName', givenName, true)
  else if (/[@\d]{2}|@/.test(`${familyName} ${givenName}`))
    say('odd-name', 'familyName', `${givenName} ${familyName}`, true)
  if (!properCase) return { familyName, givenName }
  return { familyName: properName(familyName), givenName: properName(givenName) }
}

function readReach(cell: Cell, say: Say) {
  const { email, others, wrong } = readEmails(cell('email'))
  const phones = readPhones(cell('phone'))
  const second = readPhones(cell('otherPhone'))
  if (wrong) say('email-wrong', 'email', wrong, true)
  if (others.length > 0) say('other-emails', 'email', others.join(', '))
  if (phones.wrong) say('phone-wrong', 'phone', phones.wrong, true)
  if (second.wrong) say('phone-wrong', 'otherPhone', second.wrong, true)
  const [phone = null, ...rest] = [
    ...new Set([phones.phone, ...phones.others, second.phone, ...second.others].filter((one) => one !== null)),
  ]
  const more = [
    ...(others.length > 0 ? [`Autre adresse électronique\u00a0: ${others.join(', ')}`] : []),
    ...(rest.length > 0 ? [`Autre téléphone\u00a0: ${rest.join(', ')}`] : []),
  ]
  return { email, phone, more }
}

function readDates(cell: Cell, say: Say) {
  const day = (key: string) => {
    const read = readDate(cell(key))
    if (typeof read === 'object') return read.day
    if (read !== 'none') say(`date-${read}`, key, bareLine(cell(key)), true)
    return null
  }
  const [validFrom, validTo] = [day('validFrom'), day('validTo')]
  if (validFrom && validTo && validTo < validFrom) say('dates-reversed', 'validTo', null, true)
  return { validFrom, validTo }
}

function readConsents(cell: Cell, say: Say): SaidConsent[] {
  const asked = consentPurposes.filter((purpose) => bareText(cell(purpose), { keepWords: true }) !== '')
  if (asked.length === 0) return []
  const date = readDate(cell('consentDate'))
  if (date === 'wrong' || date === 'doubtful') say(`date-${date}`, 'consentDate', bareLine(cell('consentDate')), true)
  const day = typeof date === 'object' ? date.day : null
  const origin = bareLine(cell('consentHow')) || null
  const how = howOf(origin)
  return asked.flatMap((purpose) => {
    const given = readAnswer(cell(purpose))
    if (given === null) say('consent-unclear', purpose, cell(purpose))
    // an agreement that nobody can date is none; a refusal is kept whatever happens
    if (given && !day) say('consent-undated', purpose)
    return given === null || (given && !day) ? [] : [{ purpose, given, day, how, origin }]
  })
}

function howOf(origin: string | null): ConsentHow {
  const said = plainWords(origin ?? '')
  const found = Object.entries(consentHowLabels).find(
    ([code, label]) => said !== '' && [code, plainWords(label)].includes(said),
  )
  return (found?.[0] as ConsentHow | undefined) ?? 'import'
}
