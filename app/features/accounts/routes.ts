import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const entry = (name: string) => `features/accounts/entry/pages/${name}.tsx`
const team = (name: string) => `features/accounts/team/pages/${name}`

export const accountsRoutes: FeatureRoutes = {
  door: [
    route('installation/:token', entry('set-up')),
    route('connexion', entry('sign-in')),
    route('connexion/lien/:token', entry('sign-in-link')),
    route('connexion/invitation/:token', entry('invitation')),
    route('deconnexion', entry('sign-out')),
    route('mot-de-passe', entry('forgotten-password')),
    route('mot-de-passe/:token', entry('reset-password')),
  ],
  office: [
    route('mon-compte', 'features/accounts/own/pages/my-account.tsx'),
    route('equipe', team('team.tsx')),
    route('equipe/inviter', team('invite.tsx')),
    route('equipe/droits', team('rights.tsx')),
    route('equipe/:id', team('member.tsx')),
  ],
  bare: [
    route('bureau/equipe/export.xlsx', team('team-export.ts'), { id: 'team-xlsx' }),
    route('bureau/equipe/export.csv', team('team-export.ts'), { id: 'team-csv' }),
  ],
}
