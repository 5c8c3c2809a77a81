import { data, Form } from 'react-router'
import { z } from 'zod'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { formNotice } from '#app/platform/purposes.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { centreSchema, readCentre } from '#app/platform/settings.server.ts'
import { tooMany } from '#app/platform/web.server.ts'
import { DataNotice } from '#app/ui/data-notice.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FieldRow, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { deviceOf } from '../../device.ts'
import { newPassword, TOO_COMMON } from '../../password-rules.ts'
import { NewPasswordField } from '../new-password-field.tsx'
import { enter, withoutPasswords } from '../enter.server.ts'
import { canSetUp, setUp } from '../set-up.server.ts'
import type { Route } from './+types/set-up'

const input = () =>
  z.object({
    centreName: centreSchema.shape.name.removeDefault(),
    givenName: fields.line(100, 'Donnez votre prénom.'),
    familyName: fields.line(100, 'Donnez votre nom.'),
    email: fields.email(),
    password: newPassword(),
  })

const gone = () =>
  data(
    'L’installation est déjà faite, ou le délai de 24 heures est passé. Si aucun compte n’existe, redémarrez Maillage : il affiche un nouveau lien.',
    { status: 410 },
  )

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  if (!(await canSetUp(ctx, params.token))) throw gone()
  const { name } = await readCentre(ctx.db)
  return { name: name === 'Maillage' ? '' : name, notice: await formNotice(ctx.db, 'account') }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const [ctx, { ip, userAgent }] = [context.get(requestContext), context.get(webRequest)]
  const form = await parseForm(request, input())
  if (!form.ok) {
    if (!(await canSetUp(ctx, params.token))) throw gone()
    return data(withoutPasswords(form.error), { status: 400 })
  }
  const made = await setUp(ctx, { ...form.value, token: params.token, ip, device: deviceOf(userAgent) })
  if (made.ok) return enter(ctx, made.value, '/bureau')
  switch (made.error.type) {
    case 'too-many-tries':
      throw tooMany()
    case 'link-unusable':
      throw gone()
    case 'password-too-common':
      return data(withoutPasswords({ errors: { password: [TOO_COMMON] }, values: form.value }), { status: 400 })
    default:
      return made.error satisfies never
  }
}

const labels = {
  centreName: 'Nom du centre',
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'Adresse électronique',
  password: 'Mot de passe',
}

export default function SetUp({ loaderData, actionData }: Route.ComponentProps) {
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  const kept = (name: string, usual = '') => String(actionData?.values[name] ?? usual)
  return (
    <div className="stack">
      <title>Installation</title>
      <h1>Installation</h1>
      <p className="lead">
        <Fr>Le nom du centre, puis votre compte : c’est lui qui invitera le reste de l’équipe.</Fr>
      </p>
      <ErrorSummary errors={actionData?.errors} labels={labels} />
      <Form method="post" className="stack">
        <TextField
          name="centreName"
          label={labels.centreName}
          hint="Il s’affiche en haut de chaque page ; vous pourrez le changer."
          defaultValue={kept('centreName', loaderData.name)}
          errors={errors.centreName}
          autoComplete="organization"
          required
        />
        <FieldRow>
          <TextField
            name="givenName"
            label={labels.givenName}
            defaultValue={kept('givenName')}
            errors={errors.givenName}
            autoComplete="given-name"
            required
          />
          <TextField
            name="familyName"
            label={labels.familyName}
            defaultValue={kept('familyName')}
            errors={errors.familyName}
            autoComplete="family-name"
            required
          />
        </FieldRow>
        <TextField
          name="email"
          type="email"
          label={labels.email}
          defaultValue={kept('email')}
          errors={errors.email}
          autoComplete="username"
          required
        />
        <NewPasswordField errors={errors.password} />
        <FormActions>
          <SubmitButton>Créer le centre et mon compte</SubmitButton>
        </FormActions>
        <DataNotice {...loaderData.notice} />
      </Form>
    </div>
  )
}
