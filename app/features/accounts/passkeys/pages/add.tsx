import { Form, redirect } from 'react-router'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { badRequest } from '#app/platform/web.server.ts'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { deviceOf } from '../../device.ts'
import { askProof } from '../../own/ask-proof.server.ts'
import { isProven } from '../../proof.ts'
import { ownFactors } from '../../second-factor/own-factor.server.ts'
import { PasskeyButton, PasskeyScript } from '../passkey-button.tsx'
import type { Route } from './+types/add'

export async function loader({ context }: Route.LoaderArgs) {
  const [ctx, { nonce, userAgent }] = [context.get(requestContext), context.get(webRequest)]
  const factors = await ownFactors(ctx)
  if (!factors) throw redirect('/connexion?suite=%2Fconnexion%2Fcle')
  if (factors.heldBack) throw redirect('/connexion/double-authentification')
  if (!isProven(ctx)) throw askProof('/connexion/cle')
  return { nonce, name: deviceOf(userAgent) ?? '' }
}

/** Only a browser without script sends the form: a passkey cannot be made without. */
export const action = () => {
  throw badRequest('Cette page a besoin de JavaScript : une clé d’accès se crée dans le navigateur.')
}

export default function AddPasskey({ loaderData: { nonce, name } }: Route.ComponentProps) {
  return (
    <div className="stack">
      <title>Ajouter une clé d’accès</title>
      <h1>Ajouter une clé d’accès</h1>
      <p className="lead">
        <Fr>
          Une clé d’accès remplace le mot de passe : vous déverrouillez votre appareil (doigt, visage, code), et vous
          êtes entré.
        </Fr>
      </p>
      <noscript>
        <Notice tone="warn">
          <Fr>Cette page a besoin de JavaScript : une clé d’accès se crée dans le navigateur.</Fr>
        </Notice>
      </noscript>
      <Form method="post" className="stack">
        <TextField
          name="name"
          label="Nom de la clé"
          hint="Pour la reconnaître dans la liste : l’appareil où elle est."
          defaultValue={name}
          maxLength={60}
          required
        />
        <PasskeyButton purpose="nouvelle" label="Créer la clé d’accès" look="primary" next="" />
        <PasskeyScript nonce={nonce} />
      </Form>
      <p>
        <Link href="/bureau/mon-compte/securite">Revenir à la sécurité du compte</Link>
      </p>
    </div>
  )
}
