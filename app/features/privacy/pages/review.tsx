import { data, redirect } from 'react-router'
import { z } from 'zod'
import { can } from '#app/platform/context.ts'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { ownActions } from '#app/platform/personal-data.ts'
import { personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { capitalize, formatNumber, plural } from '#app/ui/french.ts'
import { DateField, SearchField, Select, TextField } from '#app/ui/inputs.tsx'
import { ErrorSummary, FieldRow } from '#app/ui/form-layout.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askErasure } from '../erasure/background.server.ts'
import { ErasureProgress } from '../erasure-progress.tsx'
import { BASE, PrivacyHead } from '../privacy-head.tsx'
import { choosableColumns, reviewColumns } from '../review/columns.tsx'
import { listDue, reviewRules } from '../review/due.server.ts'
import { keepChosen, keepForm } from '../review/keep-chosen.server.ts'
import { readErasureWork } from '../review/work.server.ts'
import type { Route } from './+types/review'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const params = new URLSearchParams(url.searchParams)
  const workId = params.get('travail')
  const state = parseListParams(params, reviewRules)
  if (!state.ok) throw refused(state.error)
  const list = await listDue(ctx, context.get(personalDataSources), state.value)
  if (!list.ok) {
    if (list.error.type === 'not-allowed') throw notFound()
    throw refused(list.error)
  }
  return {
    ...list.value,
    state: state.value,
    mayWrite: can(ctx.actor, 'privacy:write'),
    work: workId ? await readErasureWork(ctx, idParam(workId)) : null,
    kept: url.searchParams.get('gardees'),
  }
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

const chosenForm = z.object({ personne: fields.list(z.uuid('Ce choix n’existe pas.'), 500) })
const again = (errors: Record<string, string[]>, status = 400) => data({ errors }, { status })

export async function action({ request, context }: Route.ActionArgs) {
  const [ctx, sources] = [context.get(requestContext), context.get(personalDataSources)]
  const sent = await readForm(request)
  const intent = sent.get('intent')
  if (intent === 'keep') return keep(ctx, sent)
  if (intent !== 'erase' && intent !== 'erase-all') throw badRequest('Cette action n’existe pas.')
  const form = checkForm(sent, chosenForm)
  if (!form.ok) return again({ '': Object.values(form.error.errors).flat() })
  const asked = await askErasure(ctx, sources, intent === 'erase-all' ? 'all' : form.value.personne)
  if (asked.ok) return redirect(`${BASE}?travail=${asked.value.progressId}`, 303)
  switch (asked.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'nobody':
      return again({ '': ['Choisissez au moins une personne.'] })
    default:
      return asked.error satisfies never
  }
}

async function keep(ctx: Parameters<typeof keepChosen>[0], sent: FormData) {
  const form = checkForm(sent, keepForm)
  if (!form.ok) return again(form.error.errors)
  const kept = await keepChosen(ctx, form.value)
  if (kept.ok) return redirect(`${BASE}?gardees=${kept.value}`, 303)
  switch (kept.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      return again({ '': ['Une des personnes choisies n’est plus dans l’annuaire.'] }, 409)
    case 'past':
      return again({ until: ['Choisissez un jour à venir.'] })
    case 'too-far':
      return again({ until: ['Dix ans au plus : il faudra en décider de nouveau.'] })
    default:
      return kept.error satisfies never
  }
}

export default function Review({ loaderData, actionData }: Route.ComponentProps) {
  const { rows, total, state, limit, mayWrite, work, kept } = loaderData
  const errors: Record<string, string[]> = actionData?.errors ?? {}
  return (
    <OfficePage wide>
      <PrivacyHead part="À purger" />
      {work && <ErasureProgress work={work} />}
      {kept && <Notice tone="good">{plural(Number(kept) || 0, 'fiche est gardée', 'fiches sont gardées')}.</Notice>}
      <ErrorSummary errors={errors} labels={{ reason: 'Raison', until: 'Jusqu’au' }} />
      <p className="soft prose">
        {limit ? (
          <>
            Personnes dont la dernière démarche est antérieure au <Day date={limit} />. Ouvrir un message n’est pas une
            démarche. <Link href={`${BASE}/finalites/annuaire`}>La règle</Link>
          </>
        ) : (
          <Fr>Aucune durée ne court depuis la dernière démarche : personne n’est à purger.</Fr>
        )}
      </p>
      <DataTable
        caption="Personnes à purger"
        columns={mayWrite ? choosableColumns : reviewColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'personne' }}
        exportHref={`${BASE}/export`}
        filters={<Filters q={state.q} action={state.filters.demarche?.[0] ?? ''} />}
        empty={
          <EmptyState title="Personne n’est à purger">
            Chaque nuit, les fiches dont la durée est échue viennent s’ajouter ici.
          </EmptyState>
        }
      />
      {mayWrite && total > 0 && <Decisions total={total} errors={errors} />}
    </OfficePage>
  )
}

const Filters = ({ q, action }: { q: string; action: string }) => (
  <>
    <SearchField name="q" label="Chercher" placeholder="Nom ou adresse" defaultValue={q} />
    <Select
      name="demarche"
      label="Dernière démarche"
      placeholder="Toutes"
      options={Object.entries(ownActions).map(([value, label]) => ({ value, label: capitalize(label) }))}
      defaultValue={action}
    />
  </>
)

/** One form for the boxes of the list: each button says what becomes of who is chosen. */
const Decisions = ({ total, errors }: { total: number; errors: Record<string, string[]> }) => (
  <div className="stack space-top screen-only">
    <form method="post" id="effacer" className="stack" noValidate>
      <h2>Les personnes choisies</h2>
      <p className="soft prose">
        <Fr>
          Effacer ôte le nom, les coordonnées, les messages et tout ce qui désigne la personne. Ses présences restent
          comptées, sans elle : aucun chiffre ne bouge. Rien ne permet de revenir en arrière.
        </Fr>
      </p>
      <FieldRow>
        <TextField
          name="reason"
          label="Raison de garder"
          optional
          width="medium"
          errors={errors.reason}
          hint="« Convention en cours », par exemple."
        />
        <DateField name="until" label="Garder jusqu’au" optional errors={errors.until} />
      </FieldRow>
      <div className="row">
        <SubmitButton look="danger" name="intent" value="erase" pendingLabel="Effacement…">
          Effacer les personnes choisies
        </SubmitButton>
        <SubmitButton look="quiet" name="intent" value="keep">
          Garder les personnes choisies
        </SubmitButton>
      </div>
    </form>
    <ConfirmForm
      label={total === 1 ? 'Effacer la seule personne…' : `Effacer les ${formatNumber(total)} personnes…`}
      question={
        <p>
          <Fr>{`${plural(total, 'personne sera effacée', 'personnes seront effacées')}, celles des autres pages comprises, quels que soient les filtres. Personne ne pourra les retrouver.`}</Fr>
        </p>
      }
      confirmLabel="Oui, effacer"
      values={{ intent: 'erase-all' }}
    />
  </div>
)
