import type { Purpose } from '#app/platform/purposes.server.ts'
import { howLongText } from '#app/platform/purposes.ts'
import type { Column } from '#app/ui/table.ts'

/** What article 30 asks of each processing: on screen, in print and in the export. */
export const registerColumns: Column<Purpose>[] = [
  { key: 'titre', label: 'Traitement', value: ({ title }) => title },
  { key: 'finalite', label: 'Finalité', value: ({ why }) => why },
  { key: 'base', label: 'Base légale', value: ({ basis }) => basis },
  { key: 'personnes', label: 'Catégories de personnes', value: ({ people }) => people },
  { key: 'donnees', label: 'Catégories de données', value: ({ what }) => what },
  { key: 'destinataires', label: 'Destinataires', value: ({ recipients }) => recipients },
  { key: 'transferts', label: 'Transferts hors de l’Union européenne', value: ({ transfers }) => transfers },
  { key: 'duree', label: 'Durée de conservation', value: howLongText },
  { key: 'mesures', label: 'Mesures de sécurité', value: ({ measures }) => measures },
  { key: 'jour', label: 'Mis à jour le', kind: 'day', value: ({ updatedAt }) => updatedAt },
]
