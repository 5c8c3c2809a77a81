import { readPurposes } from '#app/platform/purposes.server.ts'
import { howLongText } from '#app/platform/purposes.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { DescriptionList, PageHead, Section } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Route } from './+types/notice'

export async function loader({ context }: Route.LoaderArgs) {
  const { db } = context.get(requestContext)
  const { name, email, address, dataController } = await readCentre(db)
  return { name, email, address, dataController, purposes: await readPurposes(db) }
}

export default function DataNotice({ loaderData }: Route.ComponentProps) {
  const { name, purposes } = loaderData
  return (
    <div className="wrap narrow stack space prose">
      <title>{`Données personnelles, ${name}`}</title>
      <meta name="description" content={`Ce que ${name} fait de vos données personnelles, et vos droits.`} />
      <PageHead title="Données personnelles" />
      <p className="lead">
        <Fr>
          {`${name} ne demande que ce qui sert, dit à quoi, et ne vend ni ne cède rien. Ce site ne dépose aucun cookie de mesure ni de publicité.`}
        </Fr>
      </p>
      <Controller {...loaderData} />
      {purposes.map((purpose) => (
        <Section key={purpose.id} id={purpose.id} title={<Fr>{purpose.title}</Fr>}>
          <DescriptionList
            items={[
              { label: 'À quoi cela sert', value: <Fr>{purpose.why}</Fr> },
              { label: 'Ce qui est gardé', value: <Fr>{purpose.what}</Fr> },
              { label: 'Ce qui le permet', value: <Fr>{purpose.basis}</Fr> },
              { label: 'Combien de temps', value: <Fr>{howLongText(purpose)}</Fr> },
              { label: 'Qui le lit', value: <Fr>{purpose.recipients}</Fr> },
            ]}
          />
        </Section>
      ))}
      <Rights {...loaderData} />
    </div>
  )
}

type Centre = Omit<Awaited<ReturnType<typeof loader>>, 'purposes'>

const lines = (text: string) => <span style={{ whiteSpace: 'pre-line' }}>{text}</span>

const Controller = ({ name, email, address, dataController }: Centre) => (
  <Section title="Qui est responsable" id="responsable">
    <p>{dataController ? lines(dataController) : name}</p>
    {address && <p>{lines(address)}</p>}
    {email && (
      <p>
        <Link href={`mailto:${email}`}>{email}</Link>
      </p>
    )}
  </Section>
)

const Rights = ({ email }: Centre) => (
  <Section title="Vos droits" id="droits">
    <p>
      <Fr>
        Vous pouvez demander à voir vos données, à les corriger, à les effacer, à en recevoir une copie, à en limiter
        l’usage ou vous y opposer, et retirer un accord que vous avez donné. Le lien personnel reçu avec votre
        inscription permet déjà de la modifier, de l’annuler, de lire vos données et de demander leur effacement.
      </Fr>
    </p>
    <p>
      <Fr>{email ? 'Écrivez à ' : 'Adressez-vous au centre.'}</Fr>
      {email && <Link href={`mailto:${email}`}>{email}</Link>}
      <Fr>{email ? ' : une réponse vous est due dans le mois.' : ' Une réponse vous est due dans le mois.'}</Fr>
    </p>
    <p>
      <Fr>Si cette réponse ne vous convient pas, vous pouvez saisir la </Fr>
      <Link href="https://www.cnil.fr/fr/plaintes">CNIL</Link>.
    </p>
  </Section>
)
