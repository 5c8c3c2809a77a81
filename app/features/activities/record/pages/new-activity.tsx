import { data, Form, redirect } from 'react-router'
import { type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { FieldRow, FormActions } from '#app/ui/form-layout.tsx'
import { DateField, Select, TextField, TimeField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { modeLabels, optionsOf, roleLabels, scaleLabels } from '../../labels.ts'
import { createActivity } from '../create-activity.server.ts'
import { FormNotices } from '../form-notices.tsx'
import { formOptions, habitsOf, usualKinds } from '../form-options.server.ts'
import { newActivityInput } from '../inputs.server.ts'
import { publishActivity } from '../publish-activity.server.ts'
import { NO_SUCH_CHOICE, NOT_ALLOWED, sessionSentence } from '../sentences.ts'
import type { Route } from './+types/new-activity'
import '../record.css'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:write')
  const usual = await usualKinds(ctx)
  const options = await formOptions(ctx)
  const known = options.kinds.flatMap((option) => ('options' in option ? option.options : [option]))
  const asked = known.find(({ value }) => value === url.searchParams.get('type'))?.value ?? null
  return { usual, options, habits: await habitsOf(ctx, asked) }
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const copy = request.clone()
  const form = await parseForm(request, newActivityInput)
  if (!form.ok) return refused(form.error.errors, form.error.values)
  const typed = Object.fromEntries([...(await copy.formData()).entries()].map(([name, value]) => [name, String(value)]))
  const made = await createActivity(ctx, form.value)
  if (made.ok) {
    const { id } = made.value
    if (typed.intent === 'publish') await publishActivity(ctx, { activityId: id, version: null })
    return redirect(`/bureau/activites/${id}`)
  }
  switch (made.error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'unknown-choice':
      return refused({ [made.error.field]: [NO_SUCH_CHOICE] }, typed)
    case 'session':
      return refused({ end: [sessionSentence(made.error.problem)] }, typed)
    default:
      return made.error satisfies never
  }
}

const refused = (errors: FormErrors, typed: FormValues) =>
  data({ errors, typed, stamp: crypto.randomUUID() }, { status: 400 })

export default function NewActivity({ loaderData, actionData }: Route.ComponentProps) {
  const { usual, habits } = loaderData
  return (
    <OfficePage>
      <title>Nouvelle activité</title>
      <PageHead
        title="Nouvelle activité"
        breadcrumb={[{ label: 'Activités', href: '/bureau/activites' }]}
        detail="L’essentiel en une page, à venir ou passée ; le programme, les partenaires et les documents viennent après."
      />
      <p className="row small">
        <span className="soft">Reprendre les habitudes de</span>
        {usual.map(({ value, label }) => (
          <Link
            key={value}
            href={`?type=${encodeURIComponent(value)}`}
            aria-current={value === habits.kindId ? 'true' : undefined}
          >
            {label}
          </Link>
        ))}
      </p>
      <FormNotices state={actionData} />
      <ShortForm key={actionData?.stamp ?? habits.kindId} {...loaderData} actionData={actionData} />
    </OfficePage>
  )
}

type ShortFormProps = Route.ComponentProps['loaderData'] & Pick<Route.ComponentProps, 'actionData'>

function ShortForm({ options, habits, actionData }: ShortFormProps) {
  const typed: Record<string, unknown> = actionData?.typed ?? habits
  const field = (name: string, label: string) => ({
    name,
    label,
    errors: actionData?.errors[name],
    defaultValue: typeof typed[name] === 'string' ? typed[name] : '',
  })
  return (
    <Form method="post" noValidate className="stack narrow-form">
      <TextField {...field('title', 'Titre')} required maxLength={200} autoFocus={!actionData} />
      <FieldRow>
        <Select {...field('kindId', 'Type')} required placeholder="Choisir…" options={options.kinds} />
        <Select {...field('mode', 'Format')} required options={optionsOf(modeLabels)} />
      </FieldRow>
      <div className="when-line">
        <DateField {...field('day', 'Date')} required />
        <TimeField {...field('start', 'Début')} required />
        <TimeField {...field('end', 'Fin')} required />
        <DateField {...field('endDay', 'Dernier jour')} optional />
      </div>
      <FieldRow>
        <TextField {...field('place', 'Lieu')} optional maxLength={200} />
        <TextField {...field('remoteLink', 'Lien de connexion')} optional inputMode="url" maxLength={1000} />
      </FieldRow>
      <FieldRow>
        <Select {...field('role', 'Rôle du centre')} required options={optionsOf(roleLabels)} />
        <Select {...field('scale', 'Échelle')} required options={optionsOf(scaleLabels)} />
      </FieldRow>
      <FieldRow>
        <Select {...field('mainThemeId', 'Thème principal')} optional placeholder="Aucun" options={options.themes} />
        <Select
          {...field('departementId', 'Département')}
          optional
          placeholder="Aucun"
          options={options.departements}
        />
      </FieldRow>
      <FormActions>
        <SubmitButton name="intent" value="publish" pendingLabel="Enregistrement…">
          Enregistrer et publier
        </SubmitButton>
        <SubmitButton name="intent" value="draft" look="quiet" pendingLabel="Enregistrement…">
          Garder en brouillon
        </SubmitButton>
        <LinkButton href="/bureau/activites" look="plain">
          Abandonner
        </LinkButton>
      </FormActions>
    </Form>
  )
}
