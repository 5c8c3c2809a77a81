import { importKinds } from '#app/platform/imports.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { importAction } from '../import-action.server.ts'
import { importById } from '../import-record.server.ts'
import { MappingForm } from '../mapping-form.tsx'
import { DOUBTS_PER_PAGE, importView } from '../read-import.server.ts'
import { KeptList, RejectLinks, UndoForm, Working } from '../result-view.tsx'
import { importStateLabels, isWorking } from '../state-labels.ts'
import { CountsStrip, DoubtsForm, Problems, SampleLines, TrialGestures } from '../trial-view.tsx'
import type { Route } from './+types/import'
import '../imports.css'

async function found(context: Route.LoaderArgs['context'], id: string | undefined) {
  const ctx = context.get(requestContext)
  const one = await importById(ctx, idParam(id))
  const kind = context.get(importKinds).find(({ key }) => key === one?.kind)
  if (!one || !kind) throw notFound('Cet import n’existe pas.')
  return { ctx, one, kind }
}

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const { ctx, one, kind } = await found(context, params.id)
  const page = Math.min(10_000, Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1))
  const { id, fileName, state, refusal, headers, headerLine, sheet, mapping, choices, clearedAt } = one
  return {
    one: { id, fileName, state, refusal, headers, headerLine, sheet, mapping, choices, cleared: clearedAt !== null },
    kind: {
      label: kind.label,
      people: kind.people,
      columns: kind.columns.map(({ key, label, group }) => ({ key, label, group })),
    },
    view: await importView(ctx, kind, one, { page }),
    page,
    perPage: DOUBTS_PER_PAGE,
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { ctx, one, kind } = await found(context, params.id)
  return importAction(ctx, kind, one.id, request)
}

type Data = Route.ComponentProps['loaderData']

export default function ImportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { one, kind } = loaderData
  const { label, tone } = importStateLabels[one.state]!
  return (
    <OfficePage wide>
      <title>{`Import de ${one.fileName}`}</title>
      <PageHead
        title={one.fileName}
        breadcrumb={[{ label: 'Imports', href: '/bureau/imports' }]}
        detail={
          <>
            {kind.label} <StateTag tone={tone}>{label}</StateTag>
          </>
        }
      />
      {one.state !== 'draft' && <ErrorSummary errors={actionData?.errors} />}
      <Step {...loaderData} answer={actionData} />
    </OfficePage>
  )
}

function Step({ one, kind, view, page, perPage, answer }: Data & { answer: Route.ComponentProps['actionData'] }) {
  if (isWorking(one.state)) return <Working label={importStateLabels[one.state]!.label} progress={view.progress} />
  if (one.state === 'refused') return <Refused refusal={one.refusal ?? ''} />
  if (one.state === 'draft') return <Draft one={one} kind={kind} view={view} answer={answer} />
  return <Outcome one={one} view={view} page={page} perPage={perPage} />
}

const Refused = ({ refusal }: { refusal: string }) => (
  <>
    <Notice tone="bad" title="Ce fichier n’a pas pu être lu jusqu’au bout">
      <Fr>{`${refusal} Rien n’a été écrit.`}</Fr>
    </Notice>
    <p>
      <LinkButton href="/bureau/imports/nouveau" look="primary">
        Envoyer un autre fichier
      </LinkButton>
    </p>
  </>
)

function Draft({
  one,
  kind,
  view,
  answer,
}: Pick<Data, 'one' | 'kind' | 'view'> & { answer: Route.ComponentProps['actionData'] }) {
  const { preview } = view
  if (!preview || 'refusal' in preview) return <Refused refusal={preview?.refusal ?? ''} />
  return (
    <MappingForm
      key={`${one.sheet} ${one.headerLine}`}
      {...one}
      sheets={preview.sheets}
      rows={preview.rows}
      columns={kind.columns}
      people={kind.people}
      answer={answer}
    />
  )
}

function Outcome({ one, view, page, perPage }: Pick<Data, 'one' | 'view' | 'page' | 'perPage'>) {
  const { counts, samples, problems, doubts, settled, aside, kept } = view
  if (!counts) return null
  const trial = one.state === 'checked'
  return (
    <>
      {one.state === 'undone' && <KeptList kept={kept} />}
      <CountsStrip counts={counts} written={!trial} />
      {trial && <TrialGestures counts={counts} settled={settled} />}
      {view.mayExport && !one.cleared && <RejectLinks id={one.id} count={aside} />}
      {trial && <DoubtsForm key={page} doubts={doubts} total={counts.doubtful} page={page} perPage={perPage} />}
      <Problems problems={problems} />
      {samples && <SampleLines samples={samples} counts={counts} written={!trial} />}
      {one.state === 'done' && !one.cleared && <UndoForm />}
      {one.cleared && (
        <p className="soft">Les lignes de ce fichier ont été oubliées, comme prévu au bout de deux mois.</p>
      )}
    </>
  )
}
