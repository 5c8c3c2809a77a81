import type { ImportColumn } from '#app/platform/imports.ts'

const group = 'L’activité'
const presence = 'La présence'

/** What a line says of an activity; the words of people come from the directory. */
export const activityColumns: ImportColumn[] = [
  {
    group,
    key: 'title',
    label: 'Titre de l’activité',
    synonyms: [
      'titre',
      'activite',
      'action',
      'evenement',
      'intitule',
      'nom de l action',
      'nom de l activite',
      'seminaire',
      'rencontre',
      'formation',
      'intitule de l action',
      'intitule de l activite',
      'objet',
      'title',
      'event',
    ],
  },
  {
    group,
    key: 'day',
    label: 'Date',
    synonyms: ['date', 'jour', 'date de l activite', 'date de l action', 'date evenement', 'quand', 'le'],
    content: 'date',
  },
  {
    group,
    key: 'start',
    label: 'Heure de début',
    synonyms: ['debut', 'heure', 'heure de debut', 'heure debut', 'horaire', 'horaires'],
  },
  { group, key: 'end', label: 'Heure de fin', synonyms: ['fin', 'heure de fin', 'heure fin'] },
  {
    group,
    key: 'kind',
    label: 'Type d’activité',
    synonyms: ['type', 'type d activite', 'type d action', 'type activite', 'nature', 'nature de l action'],
  },
  {
    group,
    key: 'mode',
    label: 'Format',
    synonyms: ['format', 'modalite', 'mode', 'presentiel distanciel', 'presentiel ou distanciel'],
  },
  { group, key: 'place', label: 'Lieu', synonyms: ['lieu', 'ville', 'commune', 'salle', 'endroit'] },
  {
    group,
    key: 'activityDepartement',
    label: 'Département de l’activité',
    synonyms: ['departement de l activite', 'departement du lieu', 'departement de l action'],
  },
  { group, key: 'theme', label: 'Thème principal', synonyms: ['theme', 'thematique', 'theme principal', 'sujet'] },
  { group, key: 'role', label: 'Rôle du centre', synonyms: ['role du centre', 'role'] },
  { group, key: 'scale', label: 'Échelle', synonyms: ['echelle', 'portee'] },
  {
    group: presence,
    key: 'count',
    label: 'Nombre de participants, sans leurs noms',
    synonyms: [
      'nombre de participants',
      'nb participants',
      'nb de participants',
      'effectif',
      'participants',
      'nombre',
      'nb',
      'nombre de presents',
      'nb presents',
      'total participants',
    ],
  },
  {
    group: presence,
    key: 'status',
    label: 'Présence',
    synonyms: [
      'presence',
      'present',
      'presente',
      'statut de presence',
      'emargement',
      'a participe',
      'venu',
      'present absent',
    ],
  },
]
