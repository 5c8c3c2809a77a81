import { data, redirect } from 'react-router'
import { z } from 'zod'
import { privateHeaders } from '#app/features/activities/index.server.ts'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import { personalDataSources } from '#app/platform/personal-data.server.ts'
import { formNotice } from '#app/platform/purposes.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { RadioGroup } from '#app/ui/choices.tsx'
import { Section } from '#app/ui/content.tsx'
import { DataNotice } from '#app/ui/data-notice.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Day, Fr, Moment } from '#app/ui/fr.tsx'
import { parseDay } from '#app/ui/french.ts'
import { TextArea } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askAboutOwnData, readOwnData } from '../own/own-data.server.ts'
import { linkRefusal } from '../own/refusal.server.ts'
import { DataSections } from '../person/data-sections.tsx'
import type { Route } from './+types/own-data'

export const headers = () => privateHeaders

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const own = await readOwnData(ctx, context.get(personalDataSources), params.token)
  if (!own.ok) throw linkRefusal(own.error)
  const { name, sections, collectedAt } = own.value
  return {
    token: params.token,
    name,
    sections,
    collectedAt,
    dueOn: parseDay(url.searchParams.get('reponse') ?? ''),
    notice: await formNotice(ctx.db, 'own'),
  }
}

const requestForm = z.object({
  kind: z.enum(['correction', 'erasure', 'objection'], 'Choisissez ce que vous demandez.'),
  message: fields.optionalText(4000),
})

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = checkForm(await readForm(request), requestForm)
  if (!form.ok) return data(form.error, { status: 400 })
  const [ctx, sources] = [context.get(requestContext), context.get(personalDataSources)]
  const asked = await askAboutOwnData(ctx, sources, params.token, form.value)
  if (asked.ok) return redirect(`/mes-donnees/${params.token}?reponse=${asked.value.dueOn}`, 303)
  switch (asked.error.type) {
    case 'forged':
    case 'expired':
      throw linkRefusal(asked.error)
    case 'too-many':
      return data(
        { errors: { '': ['Plusieurs demandes viennent de partir : nous y répondons d’abord.'] }, values: {} },
        { status: 429 },
      )
    default:
      return asked.error satisfies never
  }
}

export default function OwnData({ loaderData, actionData }: Route.ComponentProps) {
  const { token, name, sections, collectedAt, dueOn, notice } = loaderData
  const values: Record<string, string | string[]> = actionData?.values ?? {}
  const errors: Record<string, string[]> = actionData?.errors ?? {}
  return (
    <div className="stack">
      <title>Mes données</title>
      <meta name="robots" content="noindex" />
      <header className="stack tight">
        <h1>Mes données</h1>
        <p className="soft">
          <Fr>{`${name}, `}</Fr>
          <Moment date={collectedAt} />
        </p>
      </header>
      {dueOn && !actionData && (
        <Notice tone="good" title="Votre demande est enregistrée">
          <p>
            Vous aurez une réponse au plus tard le <Day date={dueOn} />.
          </p>
        </Notice>
      )}
      <ErrorSummary errors={actionData?.errors} labels={{ kind: 'Demande', message: 'Message' }} />
      <p className="row screen-only">
        <LinkButton href={`/mes-donnees/${token}/donnees.json`}>En prendre une copie (JSON)</LinkButton>
      </p>
      <DataSections sections={sections} />
      <Section title="Faire une demande" id="demande">
        <form method="post" noValidate className="stack screen-only">
          <RadioGroup
            name="kind"
            label="Je demande"
            required
            options={[
              { value: 'correction', label: 'une correction' },
              { value: 'erasure', label: 'l’effacement de mes données' },
              { value: 'objection', label: 'que l’on cesse d’utiliser mes données' },
            ]}
            defaultValue={[values.kind ?? ''].flat()[0]}
            errors={errors.kind}
          />
          <TextArea
            name="message"
            label="Précisions"
            optional
            rows={4}
            maxLength={4000}
            defaultValue={[values.message ?? ''].flat()[0]}
            errors={errors.message}
          />
          <FormActions>
            <SubmitButton>Envoyer ma demande</SubmitButton>
          </FormActions>
        </form>
        <DataNotice {...notice} />
      </Section>
    </div>
  )
}
