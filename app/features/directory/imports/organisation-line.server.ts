import type { Database } from '#app/platform/database.server.ts'
import type { ImportColumn, ImportReason } from '#app/platform/imports.ts'
import { isSiret, siretDigits } from '../siret.ts'
import { readEmails, readPhones } from './contacts.ts'
import { departementLookup, termLookup } from './lookups.server.ts'
import { bareLine, bareText } from './words.ts'

export interface OrganisationSaid extends Record<string, unknown> {
  name: string
  acronym: string | null
  siret: string | null
  kindId: string | null
  email: string | null
  phone: string | null
  website: string | null
  departementId: string | null
  note: string | null
}

export const organisationFields = [
  'acronym',
  'siret',
  'kindId',
  'email',
  'phone',
  'website',
  'departementId',
  'note',
] as const
export type OrganisationField = (typeof organisationFields)[number]

const group = 'L’organisation'

export const organisationColumns: ImportColumn[] = [
  {
    group,
    key: 'name',
    label: 'Nom',
    synonyms: [
      'nom',
      'structure',
      'organisme',
      'organisation',
      'raison sociale',
      'denomination',
      'nom de la structure',
      'nom structure',
      'association',
      'collectivite',
      'etablissement',
      'intitule',
      'libelle',
      'name',
    ],
  },
  { group, key: 'acronym', label: 'Sigle', synonyms: ['sigle', 'acronyme', 'abreviation'] },
  { group, key: 'siret', label: 'SIRET', synonyms: ['siret', 'n siret', 'numero siret', 'no siret'], content: 'siret' },
  {
    group,
    key: 'kind',
    label: 'Type',
    synonyms: ['type', 'type de structure', 'categorie', 'nature', 'statut', 'forme juridique'],
  },
  {
    group,
    key: 'email',
    label: 'Adresse électronique',
    synonyms: ['mail', 'mel', 'e mail', 'email', 'courriel', 'adresse mail', 'adresse e mail'],
    content: 'email',
  },
  {
    group,
    key: 'phone',
    label: 'Téléphone',
    synonyms: ['tel', 'telephone', 'standard', 'phone', 'portable'],
    content: 'phone',
  },
  {
    group,
    key: 'website',
    label: 'Site internet',
    synonyms: ['site', 'site web', 'site internet', 'url', 'web', 'website'],
  },
  {
    group,
    key: 'departement',
    label: 'Département',
    synonyms: ['dep', 'dept', 'dpt', 'departement', 'code departement'],
  },
  { group, key: 'postcode', label: 'Code postal', synonyms: ['cp', 'code postal'] },
  {
    group,
    key: 'note',
    label: 'Note',
    synonyms: ['note', 'notes', 'remarque', 'remarques', 'commentaire', 'commentaires', 'observations'],
  },
]

export type ReadOrganisation = (cells: Readonly<Record<string, string>>) => {
  said: OrganisationSaid
  reasons: ImportReason[]
}

export async function organisationReader(db: Database): Promise<ReadOrganisation> {
  const [kind, departement] = [await termLookup(db, 'organisation'), await departementLookup(db)]
  return (cells) => {
    const reasons: ImportReason[] = []
    const say = (code: string, column: string, text?: string | null, fatal = false) =>
      void reasons.push({ code, column, ...(text ? { text: text.slice(0, 200) } : {}), ...(fatal ? { fatal } : {}) })
    const cell = (key: string) => cells[key] ?? ''
    const name = bareLine(cell('name'))
    if (!name) say('no-organisation-name', 'name', null, true)
    const [emails, phones] = [readEmails(cell('email')), readPhones(cell('phone'))]
    if (emails.wrong) say('email-wrong', 'email', emails.wrong, true)
    if (phones.wrong) say('phone-wrong', 'phone', phones.wrong, true)
    const kindId = kind(bareLine(cell('kind')))
    if (!kindId && bareLine(cell('kind'))) say('kind-unknown', 'kind', cell('kind'))
    const departementId = departement.byWord(bareLine(cell('departement'))) ?? departement.byPostcode(cell('postcode'))
    if (!departementId && bareLine(cell('departement'))) say('departement-unknown', 'departement', cell('departement'))
    return {
      said: {
        name,
        acronym: bareLine(cell('acronym'), 40) || null,
        siret: readSiret(bareLine(cell('siret'), 60), say),
        kindId,
        email: emails.email,
        phone: phones.phone,
        website: readWebsite(bareLine(cell('website'), 300), say),
        departementId,
        note: bareText(cell('note')).slice(0, 4000) || null,
      },
      reasons,
    }
  }
}

type Say = (code: string, column: string, text?: string | null, fatal?: boolean) => void

function readSiret(text: string, say: Say): string | null {
  const digits = siretDigits(text.replace(/\.0$/, ''))
  if (digits === '') return null
  // nine digits name the whole company, not the place
  if (/^\d{9}$/.test(digits)) {
    say('siren', 'siret', digits)
    return null
  }
  if (isSiret(digits)) return digits
  say('siret-wrong', 'siret', text, true)
  return null
}

function readWebsite(text: string, say: Say): string | null {
  if (text === '') return null
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : null
  if (url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && url.username === '') return whole
  say('website-wrong', 'website', text)
  return null
}
