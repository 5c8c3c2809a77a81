import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { reportYears } from '../report-years.server.ts'
import type { Route } from './+types/report-years'

export async function loader({ context }: Route.LoaderArgs) {
  const years = await reportYears(context.get(requestContext))
  if (!years.ok) throw notFound()
  return years.value
}

/** The annual report, year by year. */
export default function ReportYears({ loaderData: { years, current } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Rapport</title>
      <PageHead
        title="Rapport d’activité"
        detail={<Fr>Chaque chapitre se calcule à partir de ce qui a été noté : il n’y a rien à ressaisir.</Fr>}
      />
      {years.length === 0 ? (
        <EmptyState title="Aucune année pour le moment">
          <p>Le rapport d’une année se lira ici dès qu’une de ses activités sera publiée.</p>
        </EmptyState>
      ) : (
        <ul className="lines">
          {years.map((year) => (
            <li key={year} className="row">
              <strong className="big">{year}</strong>
              <Link href={`/bureau/rapport/${year}/participants`}>Les participants et leur profil</Link>
              <Link className="small" href={`/bureau/chiffres?annee=${year}`}>
                Tous les chiffres
              </Link>
              {year === current && <span className="small soft end">année en cours</span>}
            </li>
          ))}
        </ul>
      )}
    </OfficePage>
  )
}
