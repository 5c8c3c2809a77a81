import { Fr, Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { entityLabel } from '../labels.ts'
import type { TrailEntry } from './queries.server.ts'

/** « Titre : avant → après » */
const oneLine = ({ field, before, after }: TrailEntry['changes'][number]) =>
  `${field}\u202f: ${before || 'vide'} → ${after || 'vide'}`

/** One declaration for the screen and the export. */
export const trailColumns: Column<TrailEntry>[] = [
  {
    key: 'date',
    label: 'Date',
    value: ({ at }) => at,
    kind: 'datetime',
    render: ({ at }) => <Moment date={at} style="short" />,
  },
  { key: 'auteur', label: 'Par', value: ({ who }) => who },
  {
    key: 'action',
    label: 'Action',
    value: ({ what }) => what,
    weight: 'main',
    render: ({ what, about, href }) => (
      <>
        {what}
        <br />
        <span className="small soft">
          {href ? (
            <Link href={href}>
              <Fr>{about}</Fr>
            </Link>
          ) : (
            <Fr>{about}</Fr>
          )}
        </span>
      </>
    ),
  },
  { key: 'sorte', label: 'Sorte de fiche', value: ({ entity }) => entityLabel(entity), shown: false },
  { key: 'fiche', label: 'Fiche', value: ({ about }) => about, shown: false },
  {
    key: 'champs',
    label: 'Champ par champ',
    value: ({ changes }) => changes.map(oneLine).join(' ; '),
    render: ({ changes }) => <FieldChanges changes={changes} />,
  },
]

/** Long texts are cut on screen; the record's own history has them whole. */
const short = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text)

const FieldChanges = ({ changes }: Pick<TrailEntry, 'changes'>) =>
  changes.length > 0 && (
    <dl className="changes small">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {before ? (
              <del>
                <Fr>{short(before)}</Fr>
              </del>
            ) : (
              <span className="soft">vide</span>
            )}{' '}
            <ins>
              <Fr>{after ? short(after) : 'vide'}</Fr>
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
