import type { Samples } from './samples.ts'

const nowhere = '0f0e0d0c-0b0a-4908-8706-050403020100'

/** What no id, slug, token, month or year looks like; the percent sign alone does not even decode. */
const garbage = ['%', '%00', '%E0%A4%A', '%27%20or%201%3D1--', '..%2F..%2Fetc', '-1', '%3Cscript%3E', 'x'.repeat(3000)]

const known = (s: Samples): Record<string, Record<string, string>> => ({
  '/bureau/activites': {
    id: s.activity,
    attendanceId: s.attendance,
    audience: 'presents',
    followUpId: s.followUp,
    importId: s.connectionList,
  },
  '/bureau/series': { id: s.series },
  '/bureau/personnes': { id: s.person, affiliationId: s.affiliation },
  '/bureau/organisations': { id: s.organisation },
  '/bureau/territoires': { id: 'dep-34' },
  '/bureau/chiffres': { figure: 'presences' },
  '/bureau/rapport': { annee: '2022' },
  '/bureau/imports': { id: s.import },
  '/bureau/acces/rappels': { id: s.webhook },
  '/bureau/donnees-personnelles/demandes': { id: s.request },
  '/bureau/donnees-personnelles/finalites': { id: 'annuaire' },
  '/mes-donnees': { token: s.ownData },
  '/bureau/equipe': { id: s.member },
  '/bureau/vocabulaires': { vocabulary: 'theme', version: '1' },
  '/bureau/envois': { id: s.calendarMail },
  '/agenda/cycle': { slug: s.cycleSlug },
  '/agenda': { month: '2026-12', year: '2022', slug: s.comingSlug, code: 'culture' },
  '/documents/lien': { token: s.documentLink },
  '/documents': { documentId: s.document },
  '/chiffres': { annee: '2022' },
  '/connexion/lien': { token: s.signIn },
  '/connexion/invitation': { token: s.invitation },
  '/mot-de-passe': { token: s.reset },
  // A certificate is that of somebody who came.
  '/inscription/:token': { token: s.ownPresent },
  '/inscription/cycle': { token: s.ownCycle },
  '/inscription': { token: s.own },
  '/attestation': { token: s.certificateLink },
  '/attestations': { code: s.certificateCode },
  '/bureau/attestations': { certificateId: s.certificate },
  '/accueil': { token: s.door },
  // The demonstration has its accounts: its installation is over.
  '/installation': { token: 'x'.repeat(43) },
})

const absent: Record<string, string> = {
  id: nowhere,
  attendanceId: nowhere,
  certificateId: nowhere,
  affiliationId: nowhere,
  documentId: nowhere,
  followUpId: nowhere,
  importId: nowhere,
  audience: 'personne',
  figure: 'rien',
  annee: '1901',
  year: '1789',
  month: '2026-13',
  slug: 'rien-de-ce-nom',
  code: 'rien',
  vocabulary: 'rien',
  version: '99999',
  token: 'A'.repeat(43),
}

const isVariable = (pattern: string) => /:\w+/.test(pattern)
const fill = (pattern: string, valueOf: (name: string) => string) =>
  pattern.replace(/:(\w+)/g, (_, name: string) => valueOf(name)).replace('*', 'rien-de-tel')

/** The address of a record that exists. */
export function goodPath(pattern: string, samples: Samples): string {
  const [, values] = Object.entries(known(samples)).find(([start]) => pattern.startsWith(`${start}/`)) ?? []
  return fill(pattern, (name) => values?.[name] ?? unthought(pattern, name))
}

/** Addresses that lead nowhere: the last part does not exist, then no part means anything. */
export function wrongPaths(pattern: string, samples: Samples): string[] {
  if (!isVariable(pattern)) return []
  const parts = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const lastAbsent = pattern.replace(
    new RegExp(`:${parts.at(-1)}`),
    absent[parts.at(-1)!] ?? unthought(pattern, 'absent'),
  )
  return [goodPath(lastAbsent, samples), ...garbage.map((value) => fill(pattern, () => value))]
}

function unthought(pattern: string, name: string): never {
  throw new Error(`${pattern}: give a value of « ${name} » in tests/journeys/lib/fill.ts`)
}
