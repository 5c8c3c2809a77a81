import { data, Form, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { DescriptionList, PageHead, Section, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { entityHref, entityLabel, mailStatusLabels, mailStatusTones, purposeLabel } from '../../labels.ts'
import { LinkedText } from '../linked-text.tsx'
import { type ReadMail, readMail, resendMail } from '../queries.server.ts'
import type { Route } from './+types/mail'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const mail = await readMail(ctx, idParam(params.id))
  if (!mail) throw notFound()
  const resendable = can(ctx.actor, 'mails:write') && (mail.status === 'failed' || mail.status === 'kept')
  return { mail, resendable, resent: url.searchParams.has('fait') }
}

export async function action({ context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const resent = await resendMail(context.get(requestContext), id)
  if (resent.ok) return redirect(`/bureau/envois/${id}?fait`)
  switch (resent.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'unknown-mail':
      throw notFound()
    case 'not-failed':
      return data({ sentence: 'Ce message est déjà en route ou parti.' }, { status: 409 })
    default:
      return resent.error satisfies never
  }
}

export default function MailPage({ loaderData, actionData }: Route.ComponentProps) {
  const { mail, resendable, resent } = loaderData
  return (
    <OfficePage>
      <title>{mail.subject}</title>
      <PageHead
        breadcrumb={[{ label: 'Envois', href: '/bureau/envois' }]}
        title={<Fr>{mail.subject}</Fr>}
        actions={
          resendable && (
            <Form method="post">
              <SubmitButton pendingLabel="Envoi…">Renvoyer</SubmitButton>
            </Form>
          )
        }
      />
      {actionData && <Notice tone="warn">{actionData.sentence}</Notice>}
      {resent && mail.status === 'waiting' && <Notice tone="good">Le message repart dans un instant.</Notice>}
      {mail.lastError && (
        <Notice tone={mail.status === 'failed' ? 'bad' : 'warn'} title={mailStatusLabels[mail.status]}>
          <Fr>{mail.lastError}</Fr>
        </Notice>
      )}
      <Facts mail={mail} />
      <Content mail={mail} />
    </OfficePage>
  )
}

function Facts({ mail }: { mail: ReadMail }) {
  const href = mail.entity && mail.entityId ? entityHref(mail.entity, mail.entityId) : null
  return (
    <DescriptionList
      items={[
        {
          label: 'État',
          value: <StateTag tone={mailStatusTones[mail.status]}>{mailStatusLabels[mail.status]}</StateTag>,
        },
        { label: 'À', value: mail.toName ? `${mail.toName} (${mail.toAddress})` : mail.toAddress },
        { label: 'Objet', value: purposeLabel(mail.purpose) },
        { label: 'Écrit le', value: <Moment date={mail.createdAt} /> },
        { label: 'Parti le', value: mail.sentAt && <Moment date={mail.sentAt} /> },
        { label: 'Essais', value: mail.attempts > 0 && String(mail.attempts) },
        { label: 'À propos de', value: href && <Link href={href}>{entityLabel(mail.entity!)}</Link> },
        {
          label: 'Rendez-vous',
          value: mail.calendar && (
            <Link href={`/bureau/envois/${mail.id}/rendez-vous.ics`}>Fichier d’agenda (.ics)</Link>
          ),
        },
      ]}
    />
  )
}

/** Its text with its links; its dressing in a closed frame, where nothing runs and nothing is sent for. */
function Content({ mail }: { mail: ReadMail }) {
  if (mail.sealed)
    return (
      <Notice tone="info" title="Contenu réservé">
        Ce message porte un lien qui ouvre un compte : seule l’administration peut le lire.
      </Notice>
    )
  return (
    <>
      <Section title="Texte">
        <LinkedText text={mail.text} />
      </Section>
      {mail.html && (
        <Section title="Mise en forme">
          <iframe
            title="Le message tel qu’il se présente"
            sandbox=""
            srcDoc={mail.html}
            loading="lazy"
            style={{
              inlineSize: 'min(100%, 44rem)',
              blockSize: '26rem',
              border: '1px solid var(--line)',
              background: 'white',
            }}
          />
        </Section>
      )}
    </>
  )
}
