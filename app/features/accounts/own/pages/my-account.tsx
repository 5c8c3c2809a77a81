import { roleLabels } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { DescriptionList } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { AccountHead } from '../account-tabs.tsx'
import { ownAccount } from '../own-sessions.server.ts'
import type { Route } from './+types/my-account'

export async function loader({ context }: Route.LoaderArgs) {
  const account = await ownAccount(context.get(requestContext), null)
  if (!account) throw notFound()
  const { fullName, email, role } = account
  return { fullName, email, role }
}

export default function MyAccount({ loaderData: { fullName, email, role } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Mon compte</title>
      <AccountHead path="/bureau/mon-compte" />
      <DescriptionList
        items={[
          { label: 'Nom', value: fullName },
          { label: 'Adresse électronique', value: email },
          {
            label: 'Rôle',
            value: (
              <>
                {roleLabels[role]} · <Link href="/bureau/equipe/droits">ce qu’il permet</Link>
              </>
            ),
          },
        ]}
      />
      <p className="small soft">
        <Fr>Un nom ou une adresse à corriger ? L’administration du centre s’en charge.</Fr>
      </p>
    </OfficePage>
  )
}
