import { data, Form, redirect } from 'react-router'
import { departementOptions } from '#app/features/territory/index.server.ts'
import { type FormErrors, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Checkbox, RadioGroup } from '#app/ui/choices.tsx'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { ErrorSummary, FieldRow, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Select, TextField } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { attendanceModeLabels, optionsOf } from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { problemSentences } from '../form.server.ts'
import { addByHand, type AddError } from '../office/by-hand.server.ts'
import { byHandForm } from '../office/form.server.ts'
import type { Route } from './+types/office-add'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:write')
  const head = await activityHead(ctx, idParam(params.id))
  if (!head) throw notFound()
  return { head, profiles: termOptions(await termsOf(ctx.db, 'profil')), departements: await departementOptions(ctx) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const activityId = idParam(params.id)
  const form = await parseForm(request, byHandForm)
  if (!form.ok) return data(form.error, { status: 400 })
  const { personId, givenName, familyName, email, person: _text, ...rest } = form.value
  const person = personId ? { id: personId } : { givenName: givenName!, familyName: familyName!, email }
  const added = await addByHand(ctx, { ...rest, activityId, person })
  if (added.ok) return redirect(`/bureau/activites/${activityId}/inscriptions/${added.value.attendanceId}`)
  const values = Object.fromEntries(
    Object.entries(form.value).map(([name, value]) => [name, value === null ? '' : String(value)]),
  )
  return data({ errors: sentencesOf(added.error), values }, { status: added.error.type === 'invalid' ? 400 : 409 })
}

function sentencesOf(error: AddError): FormErrors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'no-such-person':
      return { personId: ['Cette personne n’est plus dans l’annuaire.'] }
    case 'already':
      return { '': ['Cette personne est déjà inscrite à cette activité.'] }
    case 'invalid':
      return problemSentences(error.problems)
    case 'full':
      return {
        beyondCapacity: [
          'Il n’y a plus de place et pas de liste d’attente : cochez cette case pour dépasser la jauge.',
        ],
      }
    case 'cancelled':
    case 'over':
    case 'not-open':
    case 'closed':
      return { '': ['On ne s’inscrit pas à cette activité : elle n’est pas publiée, ou elle est annulée.'] }
    default:
      return error satisfies never
  }
}

const labels = {
  personId: 'Personne',
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'Adresse électronique',
  organisation: 'Organisation',
  function: 'Fonction',
  profileId: 'Profil',
  departementId: 'Département',
  mode: 'Participation',
  beyondCapacity: 'Jauge',
}

/** Somebody registers by telephone: found in the directory, else a new person. */
export default function OfficeAdd({ loaderData: { head, profiles, departements }, actionData }: Route.ComponentProps) {
  const errors: FormErrors = actionData?.errors ?? {}
  const kept = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    errors: errors[name],
    defaultValue: [actionData?.values?.[name] ?? ''].flat()[0],
  })
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Inscrire une personne" />
      <h2>Inscrire une personne</h2>
      <Form method="post">
        <ErrorSummary errors={errors} labels={labels} />
        <FormSection title="Qui" detail="Cherchez d’abord dans l’annuaire ; une nouvelle personne y est ajoutée.">
          <Combobox
            name="personId"
            textName="person"
            label="Dans l’annuaire"
            source="/bureau/personnes.json"
            errors={errors.personId}
          />
          <FieldRow>
            <TextField {...kept('givenName')} optional />
            <TextField {...kept('familyName')} optional />
          </FieldRow>
          <TextField {...kept('email')} type="email" optional />
        </FormSection>
        <FormSection title="Sa situation" detail="Ce qui reste vide est repris de l’annuaire, à la date de l’activité.">
          <TextField {...kept('organisation')} optional />
          <TextField {...kept('function')} optional />
          <Select {...kept('profileId')} optional placeholder="Comme dans l’annuaire" options={profiles} />
          {departements.length > 0 && (
            <Select {...kept('departementId')} optional placeholder="Comme dans l’annuaire" options={departements} />
          )}
        </FormSection>
        <FormSection title="Sa place">
          {head.mode === 'hybride' && (
            <RadioGroup
              name="mode"
              label="Participation"
              inline
              required
              options={optionsOf(attendanceModeLabels)}
              defaultValue={kept('mode').defaultValue}
              errors={errors.mode}
            />
          )}
          <Checkbox
            name="beyondCapacity"
            label="Confirmer même s’il n’y a plus de place"
            hint="Sinon la personne prend son rang sur la liste d’attente."
            errors={errors.beyondCapacity}
          />
          <Checkbox
            name="tell"
            label="Lui envoyer le message de confirmation"
            hint="Avec le lien pour modifier ou annuler."
            defaultChecked
          />
        </FormSection>
        <FormActions>
          <SubmitButton pendingLabel="Inscription…">Inscrire</SubmitButton>
          <LinkButton href={`/bureau/activites/${head.id}/inscriptions`}>Revenir à la liste</LinkButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
