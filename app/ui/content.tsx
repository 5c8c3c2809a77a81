import type { ReactNode } from 'react'
import type { Tone } from './feedback.tsx'
import { type DateLike, dateParts, isoDay, monthNames, nb } from './french.ts'
import { Breadcrumb } from './navigation.tsx'

/** The state of a record: « Publié », « Liste d’attente ». Colours are for states only. */
export const StateTag = ({ tone = 'info', children }: { tone?: Tone | 'neutral'; children: ReactNode }) => (
  <span className={`state ${tone}`}>{children}</span>
)

/** The kind of a thing: « Séminaire · Égalité femmes-hommes ». */
export const Tag = ({ children }: { children: ReactNode }) => <span className="tag">{children}</span>

export const Kbd = ({ children }: { children: ReactNode }) => <kbd>{children}</kbd>

/** A row of controls above what they act on; children marked `className="end"` go to the right. */
export const Toolbar = ({ label, children }: { label?: string; children: ReactNode }) => (
  <div className="toolbar" role={label ? 'group' : undefined} aria-label={label}>
    {children}
  </div>
)

interface PageHeadProps {
  title: ReactNode
  breadcrumb?: readonly { label: string; href?: string }[]
  /** One line under the title: dates, place, state. */
  detail?: ReactNode
  /** The screen’s actions; one primary button at most. */
  actions?: ReactNode
}

/** The head of a page of the office: where it stands, its title, its actions. */
export const PageHead = ({ title, breadcrumb, detail, actions }: PageHeadProps) => (
  <header className="page-head">
    {breadcrumb && <Breadcrumb items={breadcrumb} />}
    <div className="page-title">
      <div>
        <h1>{typeof title === 'string' ? nb(title) : title}</h1>
        {detail && <p className="soft">{detail}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  </header>
)

/** A part of a page: its title, what can be done with it, its content. */
export const Section = ({
  title,
  id,
  actions,
  children,
}: {
  title: ReactNode
  id?: string
  actions?: ReactNode
  children: ReactNode
}) => (
  <section className="section" id={id}>
    <div className="section-head">
      <h2>{title}</h2>
      {actions && <div className="row small">{actions}</div>}
    </div>
    {children}
  </section>
)

/** Facts of a record; an empty value is left out. */
export const DescriptionList = ({ items }: { items: readonly { label: string; value: ReactNode }[] }) => (
  <dl className="facts">
    {items
      .filter(({ value }) => value !== null && value !== undefined && value !== '' && value !== false)
      .map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

export interface TimelineEntry {
  id: string
  /** « 24 novembre 2022, 9 h 30 » */
  when: ReactNode
  who?: ReactNode
  what: ReactNode
  /** Field by field: « Titre : avant → après ». */
  changes?: readonly { field: string; before?: ReactNode; after?: ReactNode }[]
}

/** What happened to a record, the latest first. */
export const Timeline = ({ entries }: { entries: readonly TimelineEntry[] }) => (
  <ol className="timeline">
    {entries.map(({ id, when, who, what, changes }) => (
      <li key={id}>
        <p>
          <strong>{what}</strong>{' '}
          <span className="small soft">
            {who && <>{who} · </>}
            {when}
          </span>
        </p>
        {changes && changes.length > 0 && (
          <dl className="changes small">
            {changes.map(({ field, before, after }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd>
                  {before !== undefined && (before ? <del>{before}</del> : <span className="soft">vide</span>)}{' '}
                  {after !== undefined && <ins>{after || 'vide'}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </li>
    ))}
  </ol>
)

/** The day of an agenda: a big number, the month under it. */
export function DateBlock({ date, showYear }: { date: DateLike; showYear?: boolean }) {
  const { day, month, year } = dateParts(date)
  return (
    <time className="date-block" dateTime={isoDay(date)}>
      <b>
        {day}
        {day === 1 && <sup>er</sup>}
      </b>{' '}
      {monthNames[month - 1]}
      {showYear && ` ${year}`}
    </time>
  )
}
