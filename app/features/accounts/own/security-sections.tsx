import { Form } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section, StateTag } from '#app/ui/content.tsx'
import { Day, Fr, Moment } from '#app/ui/fr.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { IdentityButton } from '../sso/identity-button.tsx'

interface FactorProps {
  totp: boolean
  passkeys: number
  codesLeft: number
  asked: boolean
}

export const SecondFactorSection = ({ totp, passkeys, codesLeft, asked }: FactorProps) => (
  <Section title="Double authentification" id="double">
    <p>
      <StateTag tone={totp ? 'good' : 'neutral'}>{totp ? 'En place' : 'Pas en place'}</StateTag>{' '}
      <Fr>
        {totp
          ? 'Un code de votre téléphone est demandé après le mot de passe ou le lien.'
          : 'Un mot de passe volé suffirait pour entrer. Un code de votre téléphone l’empêche.'}
      </Fr>
      {asked && (
        <>
          {' '}
          <Fr>Votre rôle la demande, ou une clé d’accès.</Fr>
        </>
      )}
    </p>
    {totp ? (
      <ConfirmForm
        label="Retirer…"
        question={<Fr>Le mot de passe suffira pour entrer ; les codes de secours ne vaudront plus rien.</Fr>}
        confirmLabel="Retirer la double authentification"
        values={{ intent: 'remove-totp' }}
      />
    ) : (
      <div>
        <LinkButton href="/connexion/double-authentification">Mettre en place</LinkButton>
      </div>
    )}
    {(totp || passkeys > 0) && <Codes left={codesLeft} />}
  </Section>
)

const Codes = ({ left }: { left: number }) => (
  <div className="stack">
    <p>
      <Fr>
        {left === 0
          ? 'Aucun code de secours : faites-en, pour le jour où le téléphone ou la clé manque.'
          : `Codes de secours restants : ${left} sur 10.`}
      </Fr>
    </p>
    <ConfirmForm
      label={left === 0 ? 'Faire des codes de secours…' : 'Refaire les codes de secours…'}
      question={
        <Fr>
          {left === 0
            ? 'Dix codes s’afficheront, une seule fois.'
            : 'Dix nouveaux codes s’afficheront, une seule fois ; les anciens ne vaudront plus rien.'}
        </Fr>
      }
      confirmLabel="Afficher les nouveaux codes"
      values={{ intent: 'new-codes' }}
      danger={false}
    />
  </div>
)

interface PasskeyLine {
  id: string
  name: string
  backedUp: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

export const PasskeySection = ({ passkeys }: { passkeys: readonly PasskeyLine[] }) => (
  <Section
    title="Clés d’accès"
    id="cles"
    actions={
      <LinkButton href="/connexion/cle" small>
        Ajouter une clé
      </LinkButton>
    }
  >
    {passkeys.length === 0 ? (
      <p>
        <Fr>Aucune. Une clé d’accès ouvre votre compte en déverrouillant votre appareil, sans mot de passe.</Fr>
      </p>
    ) : (
      <ul className="lines">
        {passkeys.map((key) => (
          <Passkey key={key.id} {...key} />
        ))}
      </ul>
    )}
  </Section>
)

const Passkey = ({ id, name, backedUp, createdAt, lastUsedAt }: PasskeyLine) => (
  <li>
    <div className="row">
      <div>
        <strong>{name}</strong>
        <p className="small soft">
          {lastUsedAt ? (
            <>
              A servi le <Moment date={lastUsedAt} />
            </>
          ) : (
            'N’a pas encore servi'
          )}{' '}
          · ajoutée le <Day date={createdAt} /> · {backedUp ? 'synchronisée' : 'sur cet appareil seul'}
        </p>
      </div>
      <Form method="post" preventScrollReset className="end">
        <input type="hidden" name="key" value={id} />
        <SubmitButton look="quiet" small name="intent" value="remove-passkey">
          Retirer<span className="sr"> {name}</span>
        </SubmitButton>
      </Form>
    </div>
  </li>
)

interface IdentityProps {
  label: string
  linked: { email: string | null; since: Date; lastUsedAt: Date | null } | null
}

export const IdentitySection = ({ label, linked }: IdentityProps) => (
  <Section title={label} id="identite">
    {linked ? (
      <>
        <p>
          <StateTag tone="good">Relié</StateTag> {linked.email} · depuis le <Day date={linked.since} />
        </p>
        <ConfirmForm
          label="Détacher…"
          question={<Fr>{`${label} n’ouvrira plus votre compte. Vos autres moyens d’entrer restent.`}</Fr>}
          confirmLabel="Détacher"
          values={{ intent: 'unlink' }}
        />
      </>
    ) : (
      <>
        <p>
          <Fr>{`Relié, votre compte s’ouvre avec votre identité ${label}.`}</Fr>
        </p>
        <IdentityButton label={label} next="/bureau/mon-compte/securite" purpose="link" />
      </>
    )}
  </Section>
)
