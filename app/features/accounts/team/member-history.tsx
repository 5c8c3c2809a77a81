import { Timeline } from '#app/ui/content.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { accountChangeLabels, accountFieldLabels, accountFieldValue } from '../labels.ts'

interface Change {
  id: number
  at: Date
  actorLabel: string
  action: string
  fields: Record<string, [before: unknown, after: unknown]>
}

export const MemberHistory = ({ changes }: { changes: readonly Change[] }) => (
  <Timeline
    entries={changes.map(({ id, at, actorLabel, action, fields }) => ({
      id: String(id),
      when: <Moment date={at} />,
      who: actorLabel,
      what: accountChangeLabels[action] ?? 'Compte modifié',
      changes: Object.entries(fields).map(([field, [before, after]]) => ({
        field: accountFieldLabels[field] ?? field,
        before: before === null ? undefined : accountFieldValue(field, before),
        after: accountFieldValue(field, after),
      })),
    }))}
  />
)
