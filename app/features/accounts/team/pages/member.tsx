import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkForm, readForm } from '#app/platform/forms.server.ts'
import { type Role, roleLabels, roles } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, PageHead, Section, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { FormActions } from '#app/ui/form-layout.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askProof } from '../../own/ask-proof.server.ts'
import { expectIdentity, unlinkIdentity } from '../../sso/manage-identity.server.ts'
import { memberStateLabels, memberStateTones } from '../../labels.ts'
import { type ChangeMemberError, changeRole, reactivateMember, suspendMember } from '../change-member.server.ts'
import { MemberAccessSections } from '../member-access.tsx'
import { memberAccess, type MemberAccessError, resetFactors, signOutMember } from '../member-access.server.ts'
import { inviteAgain } from '../invite-member.server.ts'
import { MemberHistory } from '../member-history.tsx'
import { memberRecord } from '../queries.server.ts'
import { RoleField } from '../role-field.tsx'
import type { Route } from './+types/member'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const member = await memberRecord(ctx, idParam(params.id))
  if (!member) throw notFound()
  const mine = ctx.actor.kind === 'user' && ctx.actor.userId === member.id
  const { searchParams } = url
  return {
    member,
    mine,
    access: (await memberAccess(ctx, member.id))!,
    mayChange: can(ctx.actor, 'users:write'),
    done: searchParams.get('fait'),
    // chosen before the page asked who one is
    wanted: roles.find((role) => role === searchParams.get('role')) ?? null,
  }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const [ctx, userId] = [context.get(requestContext), idParam(params.id)]
  const sent = await readForm(request)
  switch (sent.get('intent')) {
    case 'role':
      return give(ctx, userId, sent)
    case 'suspend':
      return answer(await suspendMember(ctx, { userId }), userId, 'suspension')
    case 'reactivate':
      return answer(await reactivateMember(ctx, { userId }), userId, 'retour')
    case 'invite-again':
      return sendAgain(ctx, userId)
    case 'sign-out':
      return answer(await signOutMember(ctx, { userId }), userId, 'deconnexion')
    case 'reset-factors':
      return answer(await resetFactors(ctx, { userId }), userId, 'remise')
    case 'expect-identity':
      return answer(await expectIdentity(ctx, { userId }), userId, 'attendue')
    case 'unlink-identity':
      return answer(await unlinkIdentity(ctx, { userId }), userId, 'detache')
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

async function give(ctx: AppContext, userId: string, sent: FormData) {
  const form = checkForm(sent, z.object({ role: z.enum(roles, 'Choisissez un rôle.') }))
  if (!form.ok) return data({ sentence: 'Ce rôle n’existe pas.' }, { status: 400 })
  const { role } = form.value
  return answer(await changeRole(ctx, { userId, role }), userId, 'role', `?role=${role}`)
}

type Answer = { ok: true } | { ok: false; error: ChangeMemberError | MemberAccessError }

const done = (userId: string, what: string) => redirect(`/bureau/equipe/${userId}?fait=${what}`)

function answer(result: Answer, userId: string, what: string, kept = '') {
  if (result.ok) return done(userId, what)
  switch (result.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'last-administration':
      return data({ sentence: LAST }, { status: 409 })
    case 'yourself':
      return data(
        { sentence: 'On ne fait pas cela à son propre compte : une autre administration le peut.' },
        { status: 409 },
      )
    case 'proof-needed':
      throw askProof(`/bureau/equipe/${userId}${kept}`)
    default:
      return result.error satisfies never
  }
}

const LAST =
  'C’est la dernière administration en activité : donnez d’abord ce rôle à quelqu’un d’autre, qui sera entré.'

async function sendAgain(ctx: AppContext, userId: string) {
  const sent = await inviteAgain(ctx, { userId })
  if (sent.ok) return done(userId, 'invitation')
  switch (sent.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'already-joined':
      return data({ sentence: 'Cette personne a déjà choisi son mot de passe.' }, { status: 409 })
    default:
      return sent.error satisfies never
  }
}

const doneSentences: Record<string, string> = {
  invitation: 'L’invitation est partie.',
  role: 'Le rôle est changé ; les sessions ouvertes avec l’ancien sont fermées.',
  suspension: 'Le compte est suspendu : ses sessions sont fermées, ses liens ne valent plus.',
  retour: 'Le compte est rétabli.',
  deconnexion: 'Tous les appareils de cette personne sont déconnectés.',
  remise: 'La double authentification est remise à zéro ; la personne en est avertie par courriel.',
  attendue: 'C’est noté : à sa prochaine identification, cette personne entrera directement.',
  detache: 'L’identité est détachée de ce compte.',
}

export default function MemberPage({ loaderData, actionData }: Route.ComponentProps) {
  const { member, mine, mayChange, access, wanted, done: what } = loaderData
  const sentence = what && !actionData ? doneSentences[what] : undefined
  return (
    <OfficePage>
      <title>{member.fullName}</title>
      <PageHead
        title={member.fullName}
        breadcrumb={[{ label: 'Équipe et droits', href: '/bureau/equipe' }]}
        detail={<StateTag tone={memberStateTones[member.state]}>{memberStateLabels[member.state]}</StateTag>}
      />
      {actionData && (
        <Notice tone="bad">
          <Fr>{actionData.sentence}</Fr>
        </Notice>
      )}
      {sentence && (
        <Notice tone="good">
          <Fr>{sentence}</Fr>
        </Notice>
      )}
      <Facts member={member} />
      {mayChange && <Changes member={member} mine={mine} wanted={wanted} />}
      <MemberAccessSections access={access} mayChange={mayChange && !mine} name={member.fullName} />
      <Section title="Histoire du compte" id="historique">
        <MemberHistory changes={member.history} />
      </Section>
    </OfficePage>
  )
}

type Shown = Route.ComponentProps['loaderData']['member']

const Facts = ({ member }: { member: Shown }) => (
  <DescriptionList
    items={[
      { label: 'Adresse électronique', value: member.email },
      { label: 'Rôle', value: roleLabels[member.role] },
      { label: 'Compte ouvert', value: <Moment date={member.createdAt} /> },
      { label: 'Dernière visite', value: member.lastSeenAt ? <Moment date={member.lastSeenAt} /> : 'Jamais' },
      { label: 'Annuaire', value: <Link href={`/bureau/personnes/${member.personId}`}>Sa fiche</Link> },
    ]}
  />
)

function Changes({ member, mine, wanted }: { member: Shown; mine: boolean; wanted: Role | null }) {
  return (
    <>
      <Section title="Rôle" id="role" actions={<Link href="/bureau/equipe/droits">Qui peut quoi</Link>}>
        <Form method="post" className="stack" key={member.role}>
          <RoleField defaultValue={wanted ?? member.role} />
          <p className="small soft">
            <Fr>Un autre rôle ferme les sessions de la personne : elle se reconnecte avec ses nouveaux droits.</Fr>
          </p>
          <FormActions>
            <SubmitButton look="quiet" name="intent" value="role">
              Changer le rôle
            </SubmitButton>
          </FormActions>
        </Form>
      </Section>
      {!mine && (
        <Section title="Accès" id="acces">
          <Access member={member} />
        </Section>
      )}
    </>
  )
}

const Access = ({ member }: { member: Shown }) => (
  <div className="row">
    {member.state === 'invited' && (
      <Form method="post">
        <SubmitButton look="quiet" name="intent" value="invite-again">
          Renvoyer l’invitation
        </SubmitButton>
      </Form>
    )}
    {member.state === 'suspended' ? (
      <Form method="post">
        <SubmitButton look="quiet" name="intent" value="reactivate">
          Rétablir le compte
        </SubmitButton>
      </Form>
    ) : (
      <ConfirmForm
        label="Suspendre le compte…"
        question={<Fr>{`${member.fullName} ne pourra plus entrer ; ses sessions se ferment tout de suite.`}</Fr>}
        confirmLabel="Suspendre le compte"
        values={{ intent: 'suspend' }}
      />
    )}
  </div>
)
