import { Form } from 'react-router'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, Section, StateTag } from '#app/ui/content.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type ShownSignIn, SignInList } from '../history/sign-in-list.tsx'

interface Access {
  totp: boolean
  passkeys: number
  codesLeft: number
  asked: boolean
  openSessions: number
  identity: {
    label: string
    linked: { email: string | null; since: Date } | null
    expectedUntil: Date | null
  } | null
  signIns: readonly ShownSignIn[]
}

interface Props {
  access: Access
  mayChange: boolean
  name: string
}

/** How this person enters, and what the administration can do about it. */
export const MemberAccessSections = ({ access, mayChange, name }: Props) => (
  <>
    <Section title="Sécurité" id="securite">
      <DescriptionList items={facts(access)} />
      {mayChange && <AccessForms access={access} name={name} />}
    </Section>
    <Section title="Dernières connexions" id="connexions">
      <SignInList signIns={access.signIns} />
    </Section>
  </>
)

function facts({ totp, passkeys, codesLeft, asked, openSessions, identity }: Access) {
  const has = totp || passkeys > 0
  return [
    {
      label: 'Double authentification',
      value: (
        <>
          <StateTag tone={has ? 'good' : asked ? 'warn' : 'neutral'}>{has ? 'En place' : 'Pas en place'}</StateTag>{' '}
          {[
            totp && 'application de codes',
            passkeys > 0 && plural(passkeys, 'clé d’accès', 'clés d’accès'),
            has && `${plural(codesLeft, 'code')} de secours`,
            asked && !has && 'demandée par son rôle',
          ]
            .filter(Boolean)
            .join(', ')}
        </>
      ),
    },
    { label: 'Appareils connectés', value: String(openSessions) },
    ...(identity ? [{ label: identity.label, value: <Linked {...identity} /> }] : []),
  ]
}

const Linked = ({ linked, expectedUntil }: NonNullable<Access['identity']>) =>
  linked ? (
    <>
      Relié à {linked.email ?? 'son identité'} depuis le <Day date={linked.since} />
    </>
  ) : expectedUntil ? (
    <>
      Attendu jusqu’au <Day date={expectedUntil} />
    </>
  ) : (
    'Pas relié'
  )

const AccessForms = ({ access: { totp, passkeys, openSessions, identity }, name }: Omit<Props, 'mayChange'>) => (
  <div className="row">
    {openSessions > 0 && (
      <ConfirmForm
        label="Déconnecter partout…"
        question={
          <Fr>{`Tous les appareils de ${name} seront déconnectés, et ses liens de connexion ne vaudront plus.`}</Fr>
        }
        confirmLabel="Déconnecter partout"
        values={{ intent: 'sign-out' }}
      />
    )}
    {(totp || passkeys > 0) && (
      <ConfirmForm
        label="Remettre à zéro la double authentification…"
        question={
          <Fr>
            {`Téléphone perdu ? Assurez-vous, de vive voix, que la demande vient bien de ${name}. Application de codes, codes de secours et clés d’accès seront retirés ; un courriel l’en avertira.`}
          </Fr>
        }
        confirmLabel="Remettre à zéro"
        values={{ intent: 'reset-factors' }}
      />
    )}
    {identity && !identity.linked && (
      <Form method="post">
        <SubmitButton look="quiet" name="intent" value="expect-identity">
          {`Attendre son identité ${identity.label}`}
        </SubmitButton>
      </Form>
    )}
    {identity?.linked && (
      <ConfirmForm
        label={`Détacher ${identity.label}…`}
        question={<Fr>{`${identity.label} n’ouvrira plus ce compte ; ses autres moyens d’entrer restent.`}</Fr>}
        confirmLabel="Détacher"
        values={{ intent: 'unlink-identity' }}
      />
    )}
  </div>
)
