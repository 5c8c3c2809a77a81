import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { can } from '#app/platform/context.ts'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { roleLabels, roles } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { CheckboxGroup } from '#app/ui/choices.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askProof } from '../../own/ask-proof.server.ts'
import { changeSecurityRule, readSecurityRule } from '../../second-factor/rule.server.ts'
import { protectionByRole } from '../member-access.server.ts'
import type { Route } from './+types/security-rule'

const HERE = '/bureau/equipe/securite'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'users:read')
  const { secondFactorRoles } = await readSecurityRule(ctx.db)
  const protection = (await protectionByRole(ctx)) ?? []
  const lines = roles.map((role) => ({
    role,
    members: 0,
    protected: 0,
    ...protection.find((line) => line.role === role),
    asked: secondFactorRoles.includes(role),
  }))
  return { lines, mayChange: can(ctx.actor, 'users:write'), done: url.searchParams.has('fait') }
}

const input = () => z.object({ roles: fields.list(z.enum(roles, 'Ce rôle n’existe pas.'), roles.length) })

export async function action({ request, context }: Route.ActionArgs) {
  const form = await parseForm(request, input())
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const changed = await changeSecurityRule(context.get(requestContext), { secondFactorRoles: form.value.roles })
  if (changed.ok) return redirect(`${HERE}?fait`)
  switch (changed.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'proof-needed':
      throw askProof(HERE)
    default:
      return changed.error satisfies never
  }
}

export default function SecurityRulePage({ loaderData, actionData }: Route.ComponentProps) {
  const { lines, mayChange, done } = loaderData
  return (
    <OfficePage>
      <title>Sécurité des comptes</title>
      <PageHead
        title="Sécurité des comptes"
        breadcrumb={[{ label: 'Équipe et droits', href: '/bureau/equipe' }]}
        detail="Qui doit montrer deux preuves pour entrer."
      />
      {done && !actionData && <Notice tone="good">La règle est enregistrée.</Notice>}
      <ErrorSummary errors={actionData?.errors} labels={{ roles: 'Rôles' }} />
      <p className="prose">
        <Fr>
          La double authentification ajoute au mot de passe un code du téléphone ou une clé d’accès. Les membres des
          rôles cochés qui n’en ont pas sont menés à la mettre en place avant d’entrer dans le bureau, dès leur
          prochaine page.
        </Fr>
      </p>
      {mayChange ? <RuleForm lines={lines} errors={actionData?.errors} /> : <RuleList lines={lines} />}
    </OfficePage>
  )
}

type Lines = Route.ComponentProps['loaderData']['lines']

const said = ({ members, protected: has }: Lines[number]) =>
  members === 0 ? 'Personne pour l’instant' : `${has} sur ${members} l’${has > 1 ? 'ont' : 'a'} déjà`

const RuleForm = ({ lines, errors }: { lines: Lines; errors: Record<string, string[] | undefined> | undefined }) => (
  <Form method="post" className="stack">
    <CheckboxGroup
      name="roles"
      label="La demander à"
      errors={errors?.roles}
      defaultValue={lines.filter(({ asked }) => asked).map(({ role }) => role)}
      options={lines.map((line) => ({ value: line.role, label: roleLabels[line.role], hint: said(line) }))}
    />
    <FormActions>
      <SubmitButton>Enregistrer</SubmitButton>
    </FormActions>
  </Form>
)

const RuleList = ({ lines }: { lines: Lines }) => (
  <ul className="lines">
    {lines.map((line) => (
      <li key={line.role}>
        <strong>{roleLabels[line.role]}</strong> · {line.asked ? 'demandée' : 'au choix de chacun'} · {said(line)}
      </li>
    ))}
  </ul>
)
