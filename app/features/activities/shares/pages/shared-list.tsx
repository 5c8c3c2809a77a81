import { badRequest, notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { DefinitionNote } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { sharedColumns } from '../columns.tsx'
import { sharedOfYear } from '../shares.server.ts'
import { readYear } from '../year.server.ts'
import type { Route } from './+types/shared-list'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const year = readYear(url.searchParams, ctx.now())
  if (year === null) throw badRequest('Donnez une année en quatre chiffres.')
  const rows = await sharedOfYear(ctx, year)
  if (!rows) throw notFound()
  return { year, rows }
}

export default function SharedList({ loaderData: { year, rows } }: Route.ComponentProps) {
  const left = rows.filter(({ state }) => state === 'to-share').length
  return (
    <OfficePage>
      <title>{`Activités co-organisées ${year}`}</title>
      <PageHead
        title={`Activités co-organisées de ${year}`}
        breadcrumb={[{ label: 'Chiffres', href: `/bureau/chiffres?annee=${year}` }]}
        actions={
          rows.length > 0 && (
            <span className="row screen-only">
              <LinkButton href={`/bureau/partages.xlsx?annee=${year}`}>Excel</LinkButton>
              <LinkButton href={`/bureau/partages.csv?annee=${year}`}>CSV</LinkButton>
            </span>
          )
        }
      />
      {left > 0 && (
        <Notice tone="warn" title={`${plural(left, 'activité')} à partager`}>
          D’ici là, toutes leurs demi-journées sont comptées au centre.
        </Notice>
      )}
      <DefinitionNote>
        <Fr>
          Les parts de tous les organisateurs font les demi-journées de l’activité : c’est ce que compte le chiffre
        </Fr>{' '}
        <Link href={`/bureau/chiffres/demi-journees-attribuees?annee=${year}`}>Demi-journées attribuées</Link>.
      </DefinitionNote>
      <DataTable
        caption="Activités co-organisées"
        columns={sharedColumns}
        rows={rows}
        rowKey={({ id }) => id}
        noun={{ one: 'activité' }}
        empty={<EmptyState title={`Aucune activité co-organisée en ${year}`} />}
      />
    </OfficePage>
  )
}
