import type { Route } from './+types/signing-sheet'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { Button } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { MomentRange } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import '../attendance.css'
import { readSheet } from '../read-sheet.server.ts'

const BLANK = 8

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const read = await readSheet(ctx, idParam(params.id), new URLSearchParams(), { whole: true })
  if (!read) throw notFound()
  const rows = read.rows.filter(({ status }) => status !== 'excused')
  return {
    sheet: read.sheet,
    rows: rows.map(({ id, givenName, familyName, function: job, organisation }) => ({
      id,
      givenName,
      familyName,
      job,
      organisation,
    })),
  }
}

/** A paper list to sign, with room for those who come without registering. */
export default function SigningSheet({ loaderData: { sheet, rows } }: Route.ComponentProps) {
  const back = `/bureau/activites/${sheet.id}/presence`
  return (
    <OfficePage>
      <title>{`Feuille d’émargement – ${sheet.title}`}</title>
      <PageHead
        title="Feuille d’émargement"
        breadcrumb={[
          { label: sheet.title, href: back },
          { label: 'Présence', href: back },
        ]}
        detail={
          <>
            {sheet.title}
            {sheet.startsAt && (
              <>
                {' · '}
                <MomentRange start={sheet.startsAt} end={sheet.endsAt} />
              </>
            )}
            {sheet.place && ` · ${sheet.place}`}
          </>
        }
        actions={
          <span className="screen-only">
            <Button onClick={() => window.print()}>Imprimer</Button>
          </span>
        }
      />
      <table className="signing-sheet">
        <caption className="sr">Personnes attendues</caption>
        <thead>
          <tr>
            <th scope="col">Nom et prénom</th>
            <th scope="col">Organisation, fonction</th>
            <th scope="col" className="sign">
              Signature
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.familyName} {row.givenName}
              </th>
              <td className="small">{[row.organisation, row.job].filter(Boolean).join(', ')}</td>
              <td className="sign" />
            </tr>
          ))}
          {Array.from({ length: BLANK }, (_, line) => (
            <tr key={line} aria-hidden="true">
              <td />
              <td />
              <td className="sign" />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small soft">Les noms servent à compter la participation aux activités du centre.</p>
    </OfficePage>
  )
}
