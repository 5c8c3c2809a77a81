import { type ReactNode } from 'react'
import { Form } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, Section } from '#app/ui/content.tsx'
import { Meter, Notice } from '#app/ui/feedback.tsx'
import { Fr, Moment, MomentRange } from '#app/ui/fr.tsx'
import { formatNumber, joinList, plural } from '#app/ui/french.ts'
import { DateField, NumberField, TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { roleLabels, scaleLabels, visibilityLabels } from '../labels.ts'
import type { ActivityHead } from './activity-head.server.ts'
import { halfDaysDefinition } from './half-days.ts'
import type { ActivityRecord } from './record.server.ts'
import type { Remaining } from './remaining.ts'

interface RecordViewProps {
  head: ActivityHead
  record: ActivityRecord
  remaining: readonly Remaining[]
  errors: Record<string, string[]>
}

const base = (id: string) => `/bureau/activites/${id}`

/** The actions of the record: the next step first. */
export function RecordActions({ head }: { head: ActivityHead }) {
  const { id, slug, status, visibility, may } = head
  const hasPage = status !== 'draft' && visibility !== 'internal'
  return (
    <>
      {hasPage && <LinkButton href={`/agenda/${slug}`}>Voir la page publique</LinkButton>}
      {may.write && (
        <LinkButton href={`${base(id)}/modifier`} look={status === 'draft' && may.publish ? 'quiet' : 'primary'}>
          Modifier
        </LinkButton>
      )}
      {status === 'draft' && may.publish && (
        <Form method="post" noValidate id="publier">
          <SubmitButton name="intent" value="publish" pendingLabel="Publication…">
            Publier
          </SubmitButton>
        </Form>
      )}
    </>
  )
}

export function RecordView({ head, record, remaining, errors }: RecordViewProps) {
  return (
    <>
      {record.status === 'cancelled' && (
        <Notice tone="bad" title="Activité annulée">
          {record.cancelledReason}
        </Notice>
      )}
      <div className="main-side">
        <div className="stack">
          <Glance head={head} record={record} />
          <Facts record={record} />
          {(record.summary || record.description) && (
            <Section title="Présentation">
              <div className="prose pre">
                {record.summary && <p className="lead">{record.summary}</p>}
                {record.description && <p>{record.description}</p>}
              </div>
            </Section>
          )}
        </div>
        <div className="stack">
          {remaining.length > 0 && <ToDo id={record.id} remaining={remaining} />}
          <Sessions record={record} />
          <Gestures key={record.id + record.updatedAt.toISOString()} head={head} record={record} errors={errors} />
        </div>
      </div>
    </>
  )
}

const ToDo = ({ id, remaining }: { id: string; remaining: readonly Remaining[] }) => (
  <Section title="Reste à faire">
    <ul className="remaining">
      {remaining.map(({ key, label, path }) => (
        <li key={key}>
          <Link href={path.startsWith('#') ? path : `${base(id)}${path}`}>{label}</Link>
        </li>
      ))}
    </ul>
  </Section>
)

/** Places, presences and half-days, each leading to its rows. */
function Glance({ head, record }: Pick<RecordViewProps, 'head' | 'record'>) {
  const { capacityOnsite, capacityRemote, places } = record
  return (
    <div className="glance">
      {record.mode !== 'distanciel' && (
        <Places label="inscrits sur place" {...places.onsite} capacity={capacityOnsite} id={head.id} />
      )}
      {record.mode !== 'presentiel' && (
        <Places label="inscrits à distance" {...places.remote} capacity={capacityRemote} id={head.id} />
      )}
      <p>
        <b>
          <Link href={`${base(head.id)}/presence`}>{formatNumber(head.present)}</Link>
        </b>
        {head.present < 2 ? 'présence' : 'présences'}
        {record.unidentifiedCount > 0 && (
          <span className="small soft block">
            et {plural(record.unidentifiedCount, 'personne non identifiée', 'personnes non identifiées')}
          </span>
        )}
      </p>
      <p>
        <b>{formatNumber(record.halfDays)}</b>
        {record.halfDays < 2 ? 'demi-journée' : 'demi-journées'}
        {record.halfDaysOverride !== null && (
          <span className="small soft block">
            <Fr>{`au lieu de ${record.computedHalfDays} : ${record.halfDaysReason ?? ''}`}</Fr>
          </span>
        )}
      </p>
    </div>
  )
}

interface PlacesProps {
  label: string
  taken: number
  waiting: number
  capacity: number | null
  id: string
}

const Places = ({ label, taken, waiting, capacity, id }: PlacesProps) => (
  <div>
    <b>
      <Link href={`${base(id)}/inscriptions`}>{formatNumber(taken)}</Link>
      {capacity !== null && <span className="soft"> / {formatNumber(capacity)}</span>}
    </b>
    {label}
    {capacity !== null && <Meter value={taken} max={capacity} label={`${taken} ${label} pour ${capacity} places`} />}
    {waiting > 0 && <span className="small soft block">{waiting} en liste d’attente</span>}
  </div>
)

const Facts = ({ record }: { record: ActivityRecord }) => (
  <DescriptionList
    items={[
      { label: 'Rôle du centre', value: roleLabels[record.role] },
      { label: 'Échelle', value: scaleLabels[record.scale] },
      { label: 'Thème principal', value: record.mainTheme },
      { label: 'Autres thèmes', value: joinList(record.themes.map(({ label }) => label)) },
      {
        label: 'Série',
        value: record.series && <Link href={`/bureau/series/${record.series.id}`}>{record.series.label}</Link>,
      },
      {
        label: 'Responsable',
        value: record.lead && <Link href={`/bureau/personnes/${record.lead.id}`}>{record.lead.label}</Link>,
      },
      { label: 'Adresse', value: record.address },
      { label: 'Département', value: record.departement },
      {
        label: 'Lien de connexion',
        value: record.remoteLink && <a href={record.remoteLink}>{shortLink(record.remoteLink)}</a>,
      },
      {
        label: 'Lien d’essai',
        value: record.remoteTestLink && <a href={record.remoteTestLink}>{shortLink(record.remoteTestLink)}</a>,
      },
      { label: 'Pour venir', value: record.onsiteNote && <span className="pre">{record.onsiteNote}</span> },
      { label: 'Pour se connecter', value: record.remoteNote && <span className="pre">{record.remoteNote}</span> },
      {
        label: 'Territoires',
        value: links(record.territories.map(({ id, label }) => ({ href: `/bureau/territoires/${id}`, label }))),
      },
      {
        label: 'Partenaires',
        value: links(
          record.partners.map(({ organisationId, name, part }) => ({
            href: `/bureau/organisations/${organisationId}`,
            label: name,
            detail: part,
          })),
        ),
      },
      { label: 'Visibilité', value: visibilityLabels[record.visibility] },
      { label: 'Inscriptions', value: <RegistrationState record={record} /> },
    ]}
  />
)

const shortLink = (url: string) => (url.length > 60 ? `${url.slice(0, 60)}…` : url)

const links = (items: readonly { href: string; label: string; detail?: string | null }[]): ReactNode =>
  items.length > 0 && (
    <ul>
      {items.map(({ href, label, detail }) => (
        <li key={href}>
          <Link href={href}>{label}</Link> {detail && <span className="soft">({detail})</span>}
        </li>
      ))}
    </ul>
  )

const RegistrationState = ({ record }: { record: ActivityRecord }) =>
  record.registrationOpen ? (
    <>
      Ouvertes en ligne
      {record.registrationClosesAt && (
        <>
          , jusqu’au <Moment date={record.registrationClosesAt} />
        </>
      )}
    </>
  ) : (
    'Fermées en ligne'
  )

const Sessions = ({ record }: { record: ActivityRecord }) =>
  record.sessions.length > 1 && (
    <Section title={`${record.sessions.length} séances`}>
      <ol className="remaining">
        {record.sessions.map(({ id, title, startsAt, endsAt, place }) => (
          <li key={id}>
            {title && <b>{title} · </b>}
            <MomentRange start={startsAt} end={endsAt} style="long" />
            {place && <span className="soft"> · {place}</span>}
          </li>
        ))}
      </ol>
    </Section>
  )

const Gestures = ({ head, record, errors }: Pick<RecordViewProps, 'head' | 'record' | 'errors'>) => {
  const { may, status } = head
  if (!may.write) return null
  return (
    <Section title="Autres gestes">
      <div className="stack tight">
        {record.startsAt && (
          <ConfirmForm
            label="Dupliquer…"
            danger={false}
            question="Séances, programme, intervenants, partenaires et questions sont repris, décalés ; jamais les inscrits."
            confirmLabel="Dupliquer"
            values={{ intent: 'duplicate' }}
          >
            <DateField name="newDay" label="Premier jour de la copie" required errors={errors.newDay} />
            <TextField name="newTitle" label="Titre" defaultValue={record.title} errors={errors.newTitle} />
          </ConfirmForm>
        )}
        <ConfirmForm
          label="Remplacer les demi-journées…"
          danger={false}
          question={halfDaysDefinition}
          confirmLabel="Enregistrer"
          values={{ intent: 'half-days' }}
        >
          <NumberField
            name="halfDays"
            label="Demi-journées"
            hint={`Vide pour revenir au calcul, qui en trouve ${record.computedHalfDays}.`}
            defaultValue={record.halfDaysOverride ?? ''}
            errors={errors.halfDays}
          />
          <TextField
            name="halfDaysReason"
            label="Motif"
            defaultValue={record.halfDaysReason ?? ''}
            errors={errors.halfDaysReason}
          />
        </ConfirmForm>
        {status === 'published' && may.publish && head.expected + head.waiting === 0 && (
          <ConfirmForm
            label="Repasser en brouillon…"
            danger={false}
            question="L’activité quitte l’agenda public. Personne n’y est inscrit."
            confirmLabel="Repasser en brouillon"
            values={{ intent: 'unpublish' }}
          />
        )}
        {status === 'published' && may.cancel && (
          <ConfirmForm
            label="Annuler l’activité…"
            question="Sa page reste et dit pourquoi ; les personnes inscrites sont prévenues par message."
            confirmLabel="Annuler l’activité"
            values={{ intent: 'cancel' }}
          >
            <TextField name="reason" label="Motif" required errors={errors.reason} />
          </ConfirmForm>
        )}
        {status === 'draft' && record.publishedAt === null && (
          <ConfirmForm
            label="Supprimer le brouillon…"
            question="Il ne pourra pas être retrouvé."
            confirmLabel="Supprimer"
            values={{ intent: 'delete' }}
          />
        )}
      </div>
    </Section>
  )
}
