import { Form } from 'react-router'
import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section, StateTag } from '#app/ui/content.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DoorLink } from './links.server.ts'
import type { QrDrawing } from './qr.server.ts'
import { QrCode } from './qr-code.tsx'

type Shown = DoorLink & { qr: QrDrawing | null }

interface DoorLinksViewProps {
  activityId: string
  links: readonly Shown[]
  /** The one just made. */
  made: string | null
  errors?: FormErrors
  values?: FormValues
}

/** Open the door on one’s own device, or hand it to somebody without an account. */
export function DoorLinksView({ activityId, links, made, errors, values }: DoorLinksViewProps) {
  const open = links.filter(({ state }) => state === 'open')
  const past = links.filter(({ state }) => state !== 'open')
  return (
    <div className="stack space-top">
      <Section title="Sur cet appareil">
        <p>Lire les billets avec l’appareil photo, chercher un nom, ajouter qui vient sans inscription.</p>
        <p>
          <LinkButton href={`/bureau/activites/${activityId}/accueil`} look="primary">
            Ouvrir l’accueil
          </LinkButton>
        </p>
      </Section>
      <Section title="Confier l’accueil à quelqu’un">
        <p>
          <Fr>
            Un lien ouvre l’accueil de cette activité, et rien d’autre, sans compte ni mot de passe. Il se ferme de
            lui-même à la fin de la journée. Qui le tient voit le nom et l’organisation des personnes attendues : ne le
            donnez qu’à qui accueille.
          </Fr>
        </p>
        <Form method="post" className="row">
          <ErrorSummary errors={errors} labels={{ nom: 'À qui, ou à quel appareil' }} />
          <input type="hidden" name="intent" value="confier" />
          <TextField
            name="nom"
            label="À qui, ou à quel appareil"
            hint="Le journal signera de ce nom : « Tablette de l’entrée », « Samia, bénévole »."
            defaultValue={[values?.nom ?? ''].flat()[0]}
            errors={errors?.nom}
            maxLength={80}
            width="medium"
          />
          <SubmitButton>Faire un lien</SubmitButton>
        </Form>
      </Section>
      {open.map((link) => (
        <OpenLink key={link.id} link={link} isNew={link.id === made} />
      ))}
      {past.length > 0 && (
        <Section title="Liens fermés">
          <ul className="lines">
            {past.map(({ id, label, state, createdAt, createdBy }) => (
              <li key={id}>
                {label} <StateTag tone="neutral">{state === 'revoked' ? 'Retiré' : 'Journée finie'}</StateTag>{' '}
                <span className="small soft">
                  fait par {createdBy}, <Moment date={createdAt} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

const OpenLink = ({
  link: { id, label, address, qr, createdBy, createdAt, endsAt },
  isNew,
}: {
  link: Shown
  isNew: boolean
}) => (
  <Section title={label} id={`lien-${id}`}>
    <div className="ticket">
      {qr && <QrCode {...qr} label={`Code du lien d’accueil « ${label} »`} />}
      <div className="stack tight">
        {isNew && <p>Lisez ce code avec l’appareil photo de l’autre téléphone : l’accueil s’y ouvre.</p>}
        <p className="small">
          <a href={address!}>Adresse de ce lien</a>
        </p>
        <p className="small soft">
          Fait par {createdBy}, <Moment date={createdAt} />. Se ferme le <Moment date={endsAt} />.
        </p>
        <ConfirmForm
          label="Retirer ce lien…"
          question="L’appareil qui s’en sert n’aura plus accès à la liste. Ce qu’il a déjà envoyé reste."
          confirmLabel="Retirer ce lien"
          values={{ intent: 'retirer', lien: id }}
        />
      </div>
    </div>
  </Section>
)
