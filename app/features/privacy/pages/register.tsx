import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DescriptionList, Section } from '#app/ui/content.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { cellText } from '#app/ui/table.ts'
import { BASE, PrivacyHead } from '../privacy-head.tsx'
import { registerColumns } from '../purposes/register-columns.ts'
import { readRegister } from '../purposes/register.server.ts'
import type { Route } from './+types/register'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const register = await readRegister(ctx)
  if (!register.ok) throw notFound()
  const { name, address, email, dataController } = await readCentre(ctx.db)
  return {
    purposes: register.value,
    centre: { name, address, email, dataController },
    today: ctx.now(),
    mayWrite: can(ctx.actor, 'privacy:write'),
  }
}

const lines = (text: string) => text && <span style={{ whiteSpace: 'pre-line' }}>{text}</span>

export default function Register({ loaderData: { purposes, centre, today, mayWrite } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <PrivacyHead
        part="Registre des traitements"
        actions={
          <>
            <LinkButton href={`${BASE}/registre/export.xlsx`}>Excel</LinkButton>
            <LinkButton href={`${BASE}/registre/export.csv`}>CSV</LinkButton>
          </>
        }
      />
      <Section title="Registre des traitements">
        <p className="soft">
          <Fr>Article 30 du règlement général sur la protection des données, au </Fr>
          <Day date={today} />.
        </p>
        <DescriptionList
          items={[
            { label: 'Organisme', value: centre.name },
            { label: 'Responsable', value: lines(centre.dataController) },
            { label: 'Adresse', value: lines(centre.address) },
            { label: 'Courriel', value: centre.email },
          ]}
        />
        {mayWrite && !centre.dataController && (
          <p className="small screen-only">
            <Link href="/bureau/reglages">Dire qui est responsable, et le délégué à la protection des données</Link>
          </p>
        )}
      </Section>
      {purposes.map((purpose) => (
        <Section
          key={purpose.id}
          title={<Fr>{purpose.title}</Fr>}
          actions={
            mayWrite && (
              <Link href={`${BASE}/finalites/${purpose.id}`}>
                Modifier<span className="sr"> {purpose.title}</span>
              </Link>
            )
          }
        >
          <DescriptionList
            items={registerColumns.slice(1).map(({ label, value, kind }) => ({
              label,
              value: <Fr>{cellText(value(purpose), kind)}</Fr>,
            }))}
          />
        </Section>
      ))}
    </OfficePage>
  )
}
