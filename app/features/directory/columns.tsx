import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { consentLabels } from './labels.ts'
import type { OrganisationLine } from './organisations-list.server.ts'
import type { PersonLine } from './people-list.server.ts'
import { formatSiret } from './siret.ts'

/** The list of people on screen, on paper and in a spreadsheet. */
export const peopleColumns: Column<PersonLine>[] = [
  {
    key: 'nom',
    label: 'Nom',
    value: (p) => p.familyName,
    render: (p) => (
      <Link href={`/bureau/personnes/${p.id}`}>
        <strong>{p.familyName}</strong> {p.givenName}
      </Link>
    ),
    sortable: true,
    weight: 'main',
  },
  { key: 'prenom', label: 'Prénom', value: (p) => p.givenName, shown: false },
  {
    key: 'organisation',
    label: 'Organisation',
    sortable: true,
    value: (p) => p.organisation,
    render: (p) =>
      p.organisationId ? (
        <Link href={`/bureau/organisations/${p.organisationId}`} title={p.acronym ? (p.organisation ?? '') : undefined}>
          {p.acronym ?? p.organisation}
        </Link>
      ) : (
        p.organisation
      ),
  },
  { key: 'fonction', label: 'Fonction', value: (p) => p.function, weight: 'wide' },
  { key: 'profil', label: 'Profil', value: (p) => p.profile, weight: 'wide' },
  { key: 'departement', label: 'Département', value: (p) => p.departement, weight: 'wide' },
  {
    key: 'email',
    label: 'Adresse électronique',
    value: (p) => p.email,
    render: (p) => p.email && <a href={`mailto:${p.email}`}>{p.email}</a>,
    weight: 'wide',
  },
  { key: 'telephone', label: 'Téléphone', value: (p) => p.phone, shown: false },
  {
    key: 'consentements',
    label: 'Consentements donnés',
    value: (p) => p.consents.map((purpose) => consentLabels[purpose]).join(', '),
    shown: false,
  },
  { key: 'ajout', label: 'Ajout', value: (p) => p.addedOn, kind: 'day', sortable: true, weight: 'wide' },
]

export const organisationColumns: Column<OrganisationLine>[] = [
  {
    key: 'nom',
    label: 'Nom',
    value: (o) => o.name,
    render: (o) => (
      <>
        <Link href={`/bureau/organisations/${o.id}`}>{o.name}</Link>{' '}
        {o.acronym && <span className="small soft">{o.acronym}</span>}
      </>
    ),
    sortable: true,
    weight: 'main',
  },
  { key: 'sigle', label: 'Sigle', value: (o) => o.acronym, shown: false },
  { key: 'type', label: 'Type', value: (o) => o.kind },
  { key: 'territoire', label: 'Territoire', value: (o) => o.place, weight: 'wide' },
  { key: 'departement', label: 'Département', value: (o) => o.departement, weight: 'wide' },
  { key: 'siret', label: 'SIRET', value: (o) => o.siret && formatSiret(o.siret), shown: false },
  { key: 'personnes', label: 'Personnes', value: (o) => o.people, kind: 'number', sortable: true },
  {
    key: 'email',
    label: 'Adresse électronique',
    value: (o) => o.email,
    render: (o) => o.email && <a href={`mailto:${o.email}`}>{o.email}</a>,
    weight: 'wide',
  },
  { key: 'telephone', label: 'Téléphone', value: (o) => o.phone, shown: false },
  { key: 'site', label: 'Site internet', value: (o) => o.website, shown: false },
  { key: 'ajout', label: 'Ajout', value: (o) => o.addedOn, kind: 'day', sortable: true, weight: 'wide' },
]
