import { data, Form, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { type FormErrors, formValues, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { NumberField, Select, TextField } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { NOT_ALLOWED } from '../../record/sentences.ts'
import { readShares } from '../form.server.ts'
import { OURS, quartersText } from '../quarters.ts'
import { clearShares, type Part, readSharing, setShares, type SetSharesError, type Sharing } from '../shares.server.ts'
import type { Route } from './+types/sharing'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const [head, sharing] = [await activityHead(ctx, id), await readSharing(ctx, id)]
  if (!head) throw notFound('Cette activité n’existe pas.')
  return { head, sharing, mayWrite: can(ctx.actor, 'activities:write') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const form = await readForm(request)
  const back = `/bureau/activites/${id}/partage`
  if (form.get('intent') === 'clear') {
    const cleared = await clearShares(ctx, id)
    return cleared.ok ? redirect(back) : refused(sentences(cleared.error), {})
  }
  const read = readShares(form)
  if (!read.ok) return refused(read.error, formValues(form))
  const saved = await setShares(ctx, { activityId: id, version: null }, read.value)
  return saved.ok ? redirect(back) : refused(sentences(saved.error), formValues(form))
}

function sentences(error: SetSharesError): FormErrors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
    case 'not-co-organised':
      throw notFound('Cette activité n’existe pas, ou n’est pas co-organisée.')
    case 'wrong-total':
      return {
        '': [
          `Les parts font ${formatNumber(error.given / 4)} et l’activité compte ${plural(error.halfDays, 'demi-journée')}\u202f: elles doivent être égales.`,
        ],
      }
    case 'not-a-partner':
      return { '': ['Une de ces organisations n’est plus partenaire de l’activité.'] }
    case 'changed-since':
      return { '': ['Cette activité vient d’être modifiée. Recommencez.'] }
    default:
      return error satisfies never
  }
}

const refused = (errors: FormErrors, values: FormValues) =>
  data({ errors, values, stamp: crypto.randomUUID() }, { status: 400 })

const nameOf = ({ organisationId, name }: Pick<Part, 'organisationId' | 'name'>) =>
  organisationId ? name : 'Le centre'

export default function SharingPage({ loaderData: { head, sharing, mayWrite }, actionData }: Route.ComponentProps) {
  if (!sharing)
    return (
      <OfficePage>
        <ActivityPageHead head={head} part="Partage" />
        <Notice tone="info">
          Cette activité n’est pas co-organisée : rien n’est à partager. Le rôle du centre se change dans la fiche.
        </Notice>
      </OfficePage>
    )
  const { halfDays, agreedHalfDays, parts } = sharing
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Partage" />
      <h2>Qui compte quoi</h2>
      <p>
        <Fr>{`Cette activité compte ${plural(halfDays, 'demi-journée')}. Chaque organisateur en prend une part, pour que deux centres qui additionnent leur année ne la comptent pas deux fois.`}</Fr>
      </p>
      <State sharing={sharing} />
      <ErrorSummary errors={actionData?.errors} labels={labelsOf(parts)} />
      {parts.length < 2 && (
        <Notice tone="info">
          Ajoutez d’abord les autres organisateurs aux partenaires, dans la fiche de l’activité.
        </Notice>
      )}
      {mayWrite ? (
        <SharesForm
          key={actionData?.stamp ?? 'saved'}
          sharing={sharing}
          values={actionData?.values}
          errors={actionData?.errors ?? {}}
        />
      ) : (
        <DescriptionList items={parts.map((part) => ({ label: nameOf(part), value: quartersText(part.quarters) }))} />
      )}
      {mayWrite && agreedHalfDays !== null && (
        <ConfirmForm
          label="Défaire ce partage…"
          question="Toutes les demi-journées reviendront au centre, jusqu’au prochain accord."
          confirmLabel="Oui, défaire le partage"
          values={{ intent: 'clear' }}
        />
      )}
    </OfficePage>
  )
}

const labelsOf = (parts: readonly Part[]) => ({
  commonId: 'Identifiant commun',
  ...Object.fromEntries(parts.map((part) => [`part.${part.organisationId ?? OURS}`, nameOf(part)])),
})

const State = ({ sharing: { halfDays, agreedHalfDays } }: { sharing: Sharing }) =>
  agreedHalfDays === halfDays ? (
    <Notice tone="good">Les parts sont convenues.</Notice>
  ) : (
    <Notice tone="warn" title="À partager">
      <Fr>
        {agreedHalfDays === null
          ? 'Rien n’est convenu : toutes les demi-journées sont comptées au centre.'
          : `Les parts convenues portaient sur ${plural(agreedHalfDays, 'demi-journée')} : l’activité a changé depuis. D’ici au nouvel accord, tout est compté au centre.`}
      </Fr>
    </Notice>
  )

interface FormProps {
  sharing: Sharing
  values?: FormValues
  errors: FormErrors
}

function SharesForm({ sharing: { parts, commonId, reporterId }, values, errors }: FormProps) {
  const typed = (name: string, usual: string) => [values?.[name] ?? usual].flat()[0]
  return (
    <Form method="post" noValidate className="stack narrow-form">
      {parts.map((part) => {
        const name = `part.${part.organisationId ?? OURS}`
        return (
          <NumberField
            key={name}
            name={name}
            label={nameOf(part)}
            unit="demi-journées"
            decimal
            defaultValue={typed(name, part.quarters > 0 ? quartersText(part.quarters) : '')}
            errors={errors[name]}
          />
        )
      })}
      <Select
        name="reporterId"
        label="Déclare les participants"
        hint="Un seul organisateur donne les présences de l’activité."
        options={parts.map((part) => ({ value: part.organisationId ?? OURS, label: nameOf(part) }))}
        defaultValue={typed('reporterId', reporterId ?? OURS)}
        errors={errors.reporterId}
      />
      <TextField
        name="commonId"
        label="Identifiant commun"
        hint="L’adresse ou le code que tous les organisateurs donnent à cette activité. Par défaut, sa page publique."
        defaultValue={typed('commonId', commonId)}
        errors={errors.commonId}
      />
      <FormActions>
        <SubmitButton>Enregistrer les parts</SubmitButton>
      </FormActions>
    </Form>
  )
}
