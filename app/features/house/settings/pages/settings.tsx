import { data, Form, redirectDocument } from 'react-router'
import { departementOptions } from '#app/features/territory/index.server.ts'
import { checkForm, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { type Centre, readCentre } from '#app/platform/settings.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { nb } from '#app/ui/french.ts'
import { NumberField, TextArea, TextField } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { centreForm } from '../centre-form.server.ts'
import { DepartementFields } from '../departement-fields.tsx'
import { HueFields } from '../hue-fields.tsx'
import { type Hues, saveCentre } from '../save-centre.server.ts'
import '../../house.css'
import type { Route } from './+types/settings'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'settings:write')
  const [centre, departements] = await Promise.all([readCentre(ctx.db), departementOptions(ctx)])
  return { centre, departements, saved: url.searchParams.has('fait') }
}

interface Refusal {
  errors: Record<string, string[]>
  values: FormValues
  nearest?: Hues
}

const refuse = (refusal: Refusal) => data(refusal, { status: 400 })

export async function action({ request, context }: Route.ActionArgs) {
  const sent = await readForm(request)
  const form = checkForm(sent, centreForm)
  if (!form.ok) return refuse(form.error)
  const saved = await saveCentre(context.get(requestContext), form.value)
  // The colours and the name stand in the document itself: it is loaded anew.
  if (saved.ok) return redirectDocument('/bureau/reglages?fait')
  switch (saved.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'unreadable-hues': {
      const { why, nearest } = saved.error
      const sentence =
        why === 'contrast'
          ? 'Avec ces teintes, des textes ne se liraient pas.'
          : 'Ces deux teintes se ressemblent trop pour être distinguées.'
      const advice = `La paire la plus proche qui convient : ${nearest.hueBrand} et ${nearest.hueSecond}.`
      const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, asText(value)]))
      return refuse({ errors: { hueBrand: [nb(`${sentence} ${advice}`)] }, values, nearest })
    }
    default:
      return saved.error satisfies never
  }
}

const asText = (value: string | number | string[]) => (Array.isArray(value) ? value : String(value))

const labels = {
  name: 'Nom du centre',
  presentation: 'Présentation',
  email: 'Adresse électronique',
  address: 'Adresse postale',
  dataController: 'Responsable des données',
  hueBrand: 'Première teinte',
  hueSecond: 'Seconde teinte',
  departements: 'Départements',
  reminderHours: 'Rappel',
}

/** What is shown: what was typed when it was refused, what is kept otherwise. */
function shown(centre: Centre, values: FormValues | undefined) {
  const text = (name: keyof Centre) => [values?.[name] ?? (values ? '' : centre[name])].flat().join('')
  const hue = (name: 'hueBrand' | 'hueSecond') => {
    const typed = Number(text(name))
    return Number.isInteger(typed) && typed >= 0 && typed <= 360 ? typed : centre[name]
  }
  const departements = values ? [values.departements ?? []].flat() : centre.departements
  return { text, hue, departements }
}

export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { centre, departements, saved } = loaderData
  const { errors = {}, values, nearest } = (actionData ?? {}) as Partial<Refusal>
  const { text, hue, departements: chosen } = shown(centre, values)
  const field = (name: keyof typeof labels & keyof Centre) => ({
    name,
    label: labels[name],
    errors: errors[name],
    defaultValue: text(name),
  })
  return (
    <OfficePage>
      <title>Le centre</title>
      <PageHead title="Le centre" detail="Ce que le centre dit de lui-même, sur le site et dans les messages." />
      {saved && !actionData && <Notice tone="good">Les réglages sont enregistrés.</Notice>}
      <Form method="post" noValidate>
        <ErrorSummary errors={errors} labels={labels} />
        <FormSection title="Identité" detail="Le nom est en tête du site ; la présentation ouvre la page d’accueil.">
          <TextField {...field('name')} width="medium" required autoComplete="organization" />
          <TextArea {...field('presentation')} optional rows={3} hint="Une ou deux phrases." />
          <TextField
            {...field('email')}
            optional
            type="email"
            width="medium"
            hint="On y répond aux messages du site."
          />
          <TextArea {...field('address')} optional rows={3} />
        </FormSection>
        <FormSection
          title="Données personnelles"
          detail="La page « Données personnelles » du site dit à qui s’adresser ; elle se compose de ces réglages."
        >
          <TextArea
            {...field('dataController')}
            optional
            rows={3}
            hint="L’organisme responsable et comment le joindre : nom, adresse, courriel du délégué à la protection des données."
          />
        </FormSection>
        <FormSection
          title="Couleurs"
          detail="Deux teintes, jugées lisibles en clair comme en sombre avant d’être prises."
        >
          <HueFields
            key={`${hue('hueBrand')}-${hue('hueSecond')}`}
            hueBrand={hue('hueBrand')}
            hueSecond={hue('hueSecond')}
            errors={[...(errors.hueBrand ?? []), ...(errors.hueSecond ?? [])]}
          />
          {nearest && (
            <p>
              <SubmitButton look="quiet" name="nearest" value={`${nearest.hueBrand}-${nearest.hueSecond}`}>
                Enregistrer avec {nearest.hueBrand} et {nearest.hueSecond}
              </SubmitButton>
            </p>
          )}
        </FormSection>
        <FormSection title="Périmètre" detail="Ces départements viennent en premier dans les listes et les chiffres.">
          <DepartementFields options={departements} chosen={chosen} errors={errors.departements} />
        </FormSection>
        <FormSection title="Rappels" detail="Un message part aux inscrits avant chaque activité.">
          <NumberField
            {...field('reminderHours')}
            label="Envoyer le rappel"
            unit="heures avant"
            min={0}
            max={336}
            hint="48 heures d’habitude ; 0 pour n’envoyer aucun rappel."
          />
        </FormSection>
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
