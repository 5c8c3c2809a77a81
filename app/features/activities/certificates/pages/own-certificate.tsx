import { data, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import stylesheet from '../../agenda/agenda.css?url'
import { linkRefusal, privateHeaders } from '../../registration/link-refusal.server.ts'
import { readOwn } from '../../registration/own.server.ts'
import { issueOwnCertificate } from '../issue.server.ts'
import { notEntitledSentence, subjectSentence } from '../words.ts'
import type { Route } from './+types/own-certificate'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]
export const headers = () => privateHeaders

export async function loader({ context, params }: Route.LoaderArgs) {
  const own = await readOwn(context.get(requestContext), params.token)
  if (!own.ok) throw linkRefusal(own.error)
  const { fullName, status, activity } = own.value
  return { fullName, title: activity.title, present: status === 'present', token: params.token }
}

export async function action({ context, params }: Route.ActionArgs) {
  const issued = await issueOwnCertificate(context.get(requestContext), params.token)
  if (issued.ok) return redirect(`/inscription/${params.token}/attestation.pdf`, 303)
  const { error } = issued
  switch (error.type) {
    case 'forged':
    case 'expired':
      throw linkRefusal(error)
    case 'not-entitled':
      return data({ sentence: notEntitledSentence }, { status: 409 })
    case 'no-such-subject':
    case 'not-given':
    case 'no-date':
    case 'not-over':
    case 'no-certificate':
      return data({ sentence: subjectSentence(error) }, { status: 409 })
    default:
      return error satisfies never
  }
}

/** One's own certificate, by the link of one's registration. */
export default function OwnCertificate({ loaderData, actionData }: Route.ComponentProps) {
  const { fullName, title, present, token } = loaderData
  return (
    <div className="stack own">
      <title>{`Mon attestation – ${title}`}</title>
      <meta name="robots" content="noindex" />
      {actionData && (
        <Notice tone="bad">
          <Fr>{actionData.sentence}</Fr>
        </Notice>
      )}
      <header className="stack tight">
        <p className="soft">
          <Fr>{`Attestation de ${fullName}`}</Fr>
        </p>
        <h1>
          <Fr>{title}</Fr>
        </h1>
      </header>
      {present ? (
        <>
          <p>
            <Fr>
              Votre présence est enregistrée. L’attestation porte votre nom, l’activité, sa durée, et un code qui permet
              à votre employeur de la vérifier.
            </Fr>
          </p>
          <form method="post">
            <Button type="submit" look="primary">
              Télécharger mon attestation (PDF)
            </Button>
          </form>
        </>
      ) : (
        <p>
          <Fr>{notEntitledSentence}</Fr>
        </p>
      )}
      <p>
        <Link href={`/inscription/${token}`}>Revenir à mon inscription</Link>
      </p>
    </div>
  )
}
