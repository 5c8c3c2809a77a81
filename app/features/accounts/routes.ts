import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const entry = (name: string) => `features/accounts/entry/pages/${name}.tsx`
const own = (name: string) => `features/accounts/own/pages/${name}.tsx`
const team = (name: string) => `features/accounts/team/pages/${name}`

export const accountsRoutes: FeatureRoutes = {
  door: [
    route('installation/:token', entry('set-up')),
    route('connexion', entry('sign-in')),
    route('connexion/lien/:token', entry('sign-in-link')),
    route('connexion/invitation/:token', entry('invitation')),
    route('connexion/verification', entry('second-step')),
    route('connexion/confirmer', own('confirm')),
    route('connexion/double-authentification', 'features/accounts/second-factor/pages/set-up-second-factor.tsx'),
    route('connexion/cle', 'features/accounts/passkeys/pages/add.tsx'),
    route('connexion/identite', 'features/accounts/sso/pages/identity.tsx'),
    route('connexion/identite/retour', 'features/accounts/sso/pages/identity-return.tsx'),
    route('deconnexion', entry('sign-out')),
    route('mot-de-passe', entry('forgotten-password')),
    route('mot-de-passe/:token', entry('reset-password')),
  ],
  office: [
    route('mon-compte', own('my-account')),
    route('mon-compte/securite', own('security')),
    route('mon-compte/connexions', own('connections')),
    route('equipe', team('team.tsx')),
    route('equipe/inviter', team('invite.tsx')),
    route('equipe/droits', team('rights.tsx')),
    route('equipe/securite', team('security-rule.tsx')),
    route('equipe/:id', team('member.tsx')),
  ],
  bare: [
    route('connexion/cle.json', 'features/accounts/passkeys/pages/passkey-json.ts'),
    route('bureau/equipe/export.xlsx', team('team-export.ts'), { id: 'team-xlsx' }),
    route('bureau/equipe/export.csv', team('team-export.ts'), { id: 'team-csv' }),
  ],
}
