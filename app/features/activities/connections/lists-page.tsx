import { Form } from 'react-router'
import { Section, StateTag } from '#app/ui/content.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Field } from '#app/ui/field.tsx'
import { controlProps } from '#app/ui/field.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { connectionStateLabels, connectionStateTones, connectionToolLabels } from '../labels.ts'
import type { ActivityHead } from '../record/activity-head.server.ts'
import type { ListsSaid } from './lists-action.server.ts'
import type { ListSummary } from './lists.server.ts'
import { minutesSaid } from './sentences.ts'
import type { Unconnected } from './unconnected.server.ts'

interface ListsPageProps {
  head: ActivityHead
  lists: ListSummary[]
  missing: Unconnected[]
  said?: ListsSaid
}

/** The connection lists of an activity: one more to import, those that were, and who was expected and did not connect. */
export function ListsPage({ head, lists, missing, said }: ListsPageProps) {
  const base = `/bureau/activites/${head.id}/presence`
  const cancelled = head.status === 'cancelled'
  return (
    <div className="stack connections">
      <p>
        <Link href={base}>← Feuille de présence</Link>
      </p>
      {said?.notice && (
        <Notice tone="good">
          <div className="row">
            <span>{said.notice}</span>
            {said.undo && (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="intent" value="annuler" />
                <input type="hidden" name="trace" value={said.undo} />
                <SubmitButton look="plain">Annuler</SubmitButton>
              </Form>
            )}
          </div>
        </Notice>
      )}
      {cancelled ? (
        <Notice tone="warn">Cette activité est annulée : elle ne reçoit plus de liste de connexion.</Notice>
      ) : (
        <ImportForm errors={said?.errors} />
      )}
      {missing.length > 0 && !cancelled && <Missing missing={missing} base={base} />}
      <Section title="Listes importées">
        {lists.length === 0 ? (
          <EmptyState title="Aucune liste pour cette activité.">
            Après la visioconférence, téléchargez la liste des participants de votre outil et importez-la ci-dessus.
          </EmptyState>
        ) : (
          <Lists lists={lists} base={base} />
        )}
      </Section>
    </div>
  )
}

function ImportForm({ errors }: { errors: ListsSaid['errors'] }) {
  const file = {
    name: 'fichier',
    label: 'Fichier de la visioconférence',
    hint: 'CSV ou Excel, 5 Mo au plus. Zoom, Teams, BigBlueButton, Jitsi, Livestorm, ou un tableau avec un nom, une adresse, une arrivée et un départ.',
    errors: errors?.fichier,
  }
  return (
    <Section title="Importer une liste de connexion" id="importer">
      <ErrorSummary errors={errors} labels={{ fichier: 'Fichier' }} />
      <Form method="post" noValidate encType="multipart/form-data" className="stack narrow-form">
        <input type="hidden" name="intent" value="importer" />
        <Field {...file}>
          <input type="file" accept=".csv,.tsv,.txt,.xlsx" {...controlProps(file)} />
        </Field>
        <p className="small soft">
          Rien n’est pointé avant que vous ayez validé. Le fichier n’est pas gardé ; les noms qu’il contient sont
          effacés trente jours après la validation.
        </p>
        <p>
          <SubmitButton pendingLabel="Lecture…">Lire la liste</SubmitButton>
        </p>
      </Form>
    </Section>
  )
}

const Missing = ({ missing, base }: { missing: Unconnected[]; base: string }) => (
  <Section title="Attendues à distance, sans connexion suffisante" id="sans-connexion">
    <ul className="columns-list">
      {missing.map(({ attendanceId, name, minutes }) => (
        <li key={attendanceId}>
          <Link href={`${base}/${attendanceId}`}>{name}</Link>
          {minutes !== null && <span className="small soft"> · {minutesSaid(minutes)}</span>}
        </li>
      ))}
    </ul>
    <Form method="post" preventScrollReset>
      <SubmitButton look="quiet" name="intent" value="absents">
        {missing.length === 1
          ? 'Marquer cette personne absente'
          : `Marquer ces ${formatNumber(missing.length)} personnes absentes`}
      </SubmitButton>
    </Form>
  </Section>
)

const Lists = ({ lists, base }: { lists: ListSummary[]; base: string }) => (
  <table className="stacked">
    <caption className="sr">Listes de connexion de cette activité</caption>
    <thead>
      <tr>
        <th scope="col">Liste</th>
        <th scope="col">Contenu</th>
        <th scope="col">État</th>
      </tr>
    </thead>
    <tbody>
      {lists.map((list) => (
        <tr key={list.id}>
          <th scope="row" className="main">
            <Link href={`${base}/connexions/${list.id}`}>
              {connectionToolLabels[list.tool]}
              {list.fileName && ` – ${list.fileName}`}
            </Link>
            <span className="small soft block">
              <Moment date={list.createdAt} /> · {list.createdBy}
            </span>
          </th>
          <td className="small">{contentOf(list)}</td>
          <td>
            <StateTag tone={connectionStateTones[list.state]}>{connectionStateLabels[list.state]}</StateTag>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const contentOf = ({ connections, recognised, undecided, unidentified }: ListSummary) =>
  [
    plural(connections, 'connexion'),
    plural(recognised, 'reconnue'),
    undecided > 0 && `${formatNumber(undecided)} à décider`,
    unidentified > 0 && plural(unidentified, 'non identifiée', 'non identifiées'),
  ]
    .filter(Boolean)
    .join(', ')
