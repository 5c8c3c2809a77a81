import type { ListRules } from '#app/platform/list-params.ts'
import { roles } from '#app/platform/permissions.ts'
import { memberStates } from '../labels.ts'

/** What the address of the list may say; the exports read the same. */
export const teamListRules: ListRules = {
  sortable: ['nom', 'role', 'vu'],
  defaultSort: { key: 'nom', direction: 'asc' },
  filters: { role: roles, etat: memberStates },
}
