import { useState } from 'react'
import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { fields, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { roles } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FieldRow, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { inviteMember } from '../invite-member.server.ts'
import { RoleField } from '../role-field.tsx'
import type { Route } from './+types/invite'

export function loader({ context }: Route.LoaderArgs) {
  requirePermission(context.get(requestContext), 'users:write')
  return null
}

const input = () =>
  z
    .object({
      personId: fields.optionalId(),
      givenName: fields.optionalLine(100),
      familyName: fields.optionalLine(100),
      email: fields.email(),
      role: z.enum(roles, 'Choisissez un rôle.'),
    })
    .superRefine(({ personId, givenName, familyName }, check) => {
      if (personId) return
      if (!givenName) check.addIssue({ code: 'custom', path: ['givenName'], message: 'Donnez le prénom.' })
      if (!familyName) check.addIssue({ code: 'custom', path: ['familyName'], message: 'Donnez le nom.' })
    })

const answer = (status: number, errors: Record<string, string[]>, values: FormValues) =>
  data({ errors, values }, { status })

export async function action({ request, context }: Route.ActionArgs) {
  const form = await parseForm(request, input())
  if (!form.ok) return answer(400, form.error.errors, form.error.values)
  const { givenName, familyName, ...said } = form.value
  const guest = { ...said, givenName: givenName ?? '', familyName: familyName ?? '' }
  const invited = await inviteMember(context.get(requestContext), guest)
  if (invited.ok) return redirect(`/bureau/equipe/${invited.value.userId}?fait=invitation`)
  const values = { ...guest, personId: guest.personId ?? '' }
  switch (invited.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'email-taken':
      return answer(409, { email: ['Cette adresse a déjà un compte dans l’équipe.'] }, values)
    case 'person-taken':
      return answer(409, { '': ['Cette personne a déjà un compte dans l’équipe, sous une autre adresse.'] }, values)
    case 'person-unknown':
      return answer(400, { personId: ['Cette personne n’est plus dans l’annuaire.'] }, { ...values, personId: '' })
    default:
      return invited.error satisfies never
  }
}

const labels = {
  personId: 'Déjà dans l’annuaire',
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'Adresse électronique',
  role: 'Rôle',
}

export default function Invite({ actionData }: Route.ComponentProps) {
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  const kept = (name: string) => String(actionData?.values[name] ?? '')
  return (
    <OfficePage>
      <title>Inviter dans l’équipe</title>
      <PageHead
        title="Inviter dans l’équipe"
        breadcrumb={[{ label: 'Équipe et droits', href: '/bureau/equipe' }]}
        detail="La personne reçoit un lien pour choisir son mot de passe. Il sert une fois, dans les 7 jours."
      />
      <ErrorSummary errors={actionData?.errors} labels={labels} />
      <Form method="post">
        <Who kept={kept} errors={errors} />
        <FormSection title="Son compte">
          <TextField
            name="email"
            type="email"
            label={labels.email}
            hint="C’est avec elle que la personne se connecte."
            defaultValue={kept('email')}
            errors={errors.email}
            autoComplete="off"
            required
          />
          <RoleField defaultValue={kept('role')} errors={errors.role} />
        </FormSection>
        <FormActions>
          <SubmitButton pendingLabel="Envoi…">Inviter</SubmitButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}

interface WhoProps {
  kept: (name: string) => string
  errors: Record<string, string[] | undefined>
}

/** Someone of the directory, found as one types; or a name. */
function Who({ kept, errors }: WhoProps) {
  const [known, setKnown] = useState(false)
  return (
    <FormSection title="Qui" detail={<Fr>Une personne de l’annuaire garde sa fiche ; une nouvelle y est ajoutée.</Fr>}>
      <Combobox
        name="personId"
        textName="personText"
        label={labels.personId}
        hint="Commencez à taper son nom."
        source="/bureau/personnes.json"
        defaultText={kept('personText')}
        errors={errors.personId}
        optional
        onPick={(item) => setKnown(item !== null)}
      />
      {!known && (
        <FieldRow>
          <TextField
            name="givenName"
            label={labels.givenName}
            defaultValue={kept('givenName')}
            errors={errors.givenName}
            autoComplete="off"
          />
          <TextField
            name="familyName"
            label={labels.familyName}
            defaultValue={kept('familyName')}
            errors={errors.familyName}
            autoComplete="off"
          />
        </FieldRow>
      )}
    </FormSection>
  )
}
