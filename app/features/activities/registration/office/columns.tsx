import type { ListRules } from '#app/platform/list-params.ts'
import { StateTag } from '#app/ui/content.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import {
  attendanceModeLabels,
  attendanceSourceLabels,
  attendanceStatusLabels,
  attendanceStatusTones,
  type Mode,
} from '../../labels.ts'
import { answerText, type Question } from '../questions.ts'
import type { RegistrationRow } from './list.server.ts'

export const registrationRules: ListRules = {
  sortable: ['arrivee', 'nom', 'etat', 'organisation'],
  defaultSort: { key: 'arrivee', direction: 'asc' },
  filters: {
    etat: Object.keys(attendanceStatusLabels),
    participation: Object.keys(attendanceModeLabels),
  },
}

interface Shown {
  activityId: string
  mode: Mode
  questions: readonly Question[]
}

/** One declaration for the screen and the export; each question is a column of the export. */
export function registrationColumns({ activityId, mode, questions }: Shown): Column<RegistrationRow>[] {
  return [
    {
      key: 'nom',
      label: 'Nom',
      value: ({ familyName, givenName }) => `${familyName} ${givenName}`,
      render: ({ id, familyName, givenName }) => (
        <Link href={`/bureau/activites/${activityId}/inscriptions/${id}`}>
          {givenName} {familyName}
        </Link>
      ),
      sortable: true,
      weight: 'main',
    },
    {
      key: 'etat',
      label: 'État',
      value: ({ status }) => attendanceStatusLabels[status],
      render: ({ status, rank }) => (
        <StateTag tone={attendanceStatusTones[status]}>
          {attendanceStatusLabels[status]}
          {rank !== null && `, n° ${rank}`}
        </StateTag>
      ),
      sortable: true,
    },
    { key: 'rang', label: 'Rang d’attente', value: ({ rank }) => rank, kind: 'number', shown: false },
    {
      key: 'participation',
      label: 'Participation',
      value: (row) => attendanceModeLabels[row.mode],
      shown: mode === 'hybride',
      weight: 'wide',
    },
    { key: 'organisation', label: 'Organisation', value: (row) => row.organisation, sortable: true, weight: 'wide' },
    { key: 'fonction', label: 'Fonction', value: (row) => row.function, weight: 'wide' },
    { key: 'profil', label: 'Profil', value: (row) => row.profile, shown: false },
    { key: 'departement', label: 'Département', value: (row) => row.departement, shown: false },
    { key: 'courriel', label: 'Adresse électronique', value: (row) => row.email, shown: false },
    { key: 'origine', label: 'Origine', value: (row) => attendanceSourceLabels[row.source], shown: false },
    ...questions.map(
      (question): Column<RegistrationRow> => ({
        key: question.id,
        label: question.label,
        value: ({ answers }) => answerText(question, answers[question.id]),
        shown: false,
      }),
    ),
    { key: 'besoins', label: 'Besoins d’accessibilité', value: (row) => row.accessibilityNeeds, shown: false },
    {
      key: 'arrivee',
      label: 'Inscrit·e le',
      value: ({ registeredAt }) => registeredAt,
      kind: 'datetime',
      sortable: true,
      weight: 'wide',
    },
  ]
}
