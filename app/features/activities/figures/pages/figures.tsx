import { badRequest, notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Button } from '#app/ui/button.tsx'
import { PageHead, Section } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { DefinitionNote, Figure } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { GetForm, Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { addressAnswer } from '../address.ts'
import { type Asked, EVERYTHING, figureHref } from '../hrefs.ts'
import { activityAxes, axisLabels, perimeterSentences, type PerimeterKey } from '../axes.ts'
import { CrosstabTable } from '../crosstab-table.tsx'
import { Choices } from '../year-choices.tsx'
import { type YearPage, yearPage, type YearPageError } from '../year-page.server.ts'
import { Others } from '../year-others.tsx'
import {
  comparedLabel,
  DoneTable,
  MonthChart,
  MonthPeople,
  PresenceBar,
  Unnamed,
  WhoTable,
  YearKeys,
} from '../year-sections.tsx'
import type { Route } from './+types/figures'

export async function loader({ context, url }: Route.LoaderArgs) {
  const found = await yearPage(context.get(requestContext), url.searchParams)
  if (!found.ok) throw answer(found.error)
  return found.value
}

function answer(error: YearPageError) {
  switch (error.type) {
    case 'not-allowed':
      return notFound()
    case 'bad-address':
      return badRequest(addressAnswer(error.error, axisLabels))
    case 'bad-axis':
      return badRequest(`Les demi-journées ne se croisent pas par « ${error.value} ».`)
    default:
      return error satisfies never
  }
}

/** The year in figures: every number opens on its rows. */
export default function Figures({ loaderData: page }: Route.ComponentProps) {
  const { asked, years, blank, participation, perimeter } = page
  const people: Asked = perimeter ? asked : { ...asked, filters: { ...asked.filters, perimetre: ['participation'] } }
  return (
    <OfficePage>
      <title>{`Chiffres ${asked.year}`}</title>
      <PageHead
        title={`Chiffres de ${asked.year}`}
        detail={<Fr>{periodSentence(page)}</Fr>}
        actions={<LinkButton href={`/bureau/rapport/${asked.year}/participants`}>Le chapitre du rapport</LinkButton>}
      />
      <YearNav years={years} year={asked.year} />
      <Choices page={page} />
      {blank ? (
        <EmptyState title={`Aucune activité en ${asked.year}`}>
          <p>
            Les chiffres se calculent d’eux-mêmes dès qu’une activité est publiée et que ses présences sont relevées.{' '}
            <Link href="/bureau/activites/nouvelle">Noter une activité</Link>
          </p>
        </EmptyState>
      ) : (
        <>
          <YearKeys participation={participation} activity={page.activity} people={people} all={asked} />
          <Participation page={page} asked={people} />
          <Done page={page} />
          <Others page={page} />
        </>
      )}
    </OfficePage>
  )
}

function periodSentence({ asked: { year }, participation, activity }: YearPage): string {
  const compared = comparedLabel(participation) ?? comparedLabel(activity)
  const span = participation.underWay
    ? 'Année en cours : ce qui a eu lieu jusqu’à aujourd’hui'
    : `Du 1er janvier au 31 décembre ${year}`
  return `${span}${compared ? `, à côté de ${compared}` : ''}. Chaque nombre souligné s’ouvre sur les lignes qui le composent.`
}

const YearNav = ({ years, year }: { years: readonly number[]; year: number }) => (
  <nav className="row small screen-only" aria-label="Années">
    {years.slice(0, 12).map((one) => (
      <Link key={one} href={`/bureau/chiffres?annee=${one}`} aria-current={one === year ? 'page' : undefined}>
        {one === year ? <strong>{one}</strong> : one}
      </Link>
    ))}
  </nav>
)

function Participation({ page, asked }: { page: YearPage; asked: Asked }) {
  const { participation: view, appui } = page
  const perimeter = (asked.filters.perimetre?.[0] ?? EVERYTHING) as PerimeterKey | 'tout'
  return (
    <>
      <DefinitionNote>
        <Fr>{`Présences et personnes : ${perimeterSentences[perimeter]}.`}</Fr>{' '}
        {appui && appui.presences > 0 && <Appui asked={asked} appui={appui} />}
      </DefinitionNote>
      {view.total.presences === 0 ? (
        <Section title="Participation">
          <EmptyState title="Aucune présence confirmée dans ce périmètre">
            <p>
              Cochez les présences d’une activité, <Link href="/bureau/activites">depuis sa fiche</Link>
              <Fr> : elles se compteront ici.</Fr>
            </p>
          </EmptyState>
          <Unnamed view={view} asked={asked} />
        </Section>
      ) : (
        <>
          <div className="main-side space-top">
            <Section title="Par profil, à la date de l’activité">
              <WhoTable
                view={view}
                asked={asked}
                axis="famille"
                title="Présences et personnes par famille de profils"
                head="Profil"
              />
              <Unnamed view={view} asked={asked} />
            </Section>
            <div className="stack">
              <Section title="Par mois">
                <MonthChart view={view} asked={asked} />
                <MonthPeople view={view} asked={asked} />
              </Section>
              <Section title="Sur place ou à distance">
                <PresenceBar view={view} asked={asked} />
              </Section>
            </div>
          </div>
          <div className="two">
            <Section title="Par département des personnes">
              <WhoTable
                view={view}
                asked={asked}
                axis="origine"
                title="Présences et personnes par département"
                head="Département"
              />
            </Section>
            <Section title="Profil en détail">
              <WhoTable
                view={view}
                asked={asked}
                axis="profil"
                title="Présences et personnes par profil"
                head="Profil"
              />
            </Section>
          </div>
          {view.lines.serie.some(({ key, now }) => key !== '-' && now.presences > 0) && (
            <Section title="Par cycle ou série">
              <WhoTable view={view} asked={asked} axis="serie" title="Présences et personnes par cycle" head="Cycle" />
            </Section>
          )}
        </>
      )}
    </>
  )
}

function Appui({ asked, appui }: { asked: Asked; appui: { presences: number; people: number } }) {
  const apart = { ...asked, filters: { ...asked.filters, perimetre: ['appui'] } }
  return (
    <>
      À part, les missions d’appui :{' '}
      <Figure value={appui.presences} href={figureHref('presences', apart)} of="présences, missions d’appui" />{' '}
      présences de{' '}
      <Figure value={appui.people} href={figureHref('personnes', apart)} of="personnes, missions d’appui" /> personnes.
    </>
  )
}

function Done({ page: { activity: view, asked, axes, crosstab, perimeter } }: { page: YearPage }) {
  const options = activityAxes.map((value) => ({ value, label: axisLabels[value] }))
  return (
    <>
      <Section title="Demi-journées" id="demi-journees">
        <DefinitionNote>
          <Fr>{`Activités et demi-journées : ${perimeterSentences[(asked.filters.perimetre?.[0] ?? EVERYTHING) as PerimeterKey | 'tout']}.`}</Fr>
        </DefinitionNote>
        <GetForm
          className="filters screen-only"
          action="/bureau/chiffres#demi-journees"
          aria-label="Croiser les demi-journées"
          stay
        >
          <input type="hidden" name="annee" value={asked.year} />
          {perimeter && <input type="hidden" name="perimetre" value={perimeter} />}
          {Object.entries(asked.filters).map(
            ([axis, values]) =>
              axis !== 'perimetre' &&
              values.map((value) => <input key={`${axis} ${value}`} type="hidden" name={axis} value={value} />),
          )}
          <Select name="lignes" label="En lignes" defaultValue={axes[0]} options={options} />
          <Select name="colonnes" label="En colonnes" defaultValue={axes[1]} options={options} />
          <div className="row filters-end">
            <Button type="submit" look="quiet">
              Croiser
            </Button>
          </div>
        </GetForm>
        <CrosstabTable crosstab={crosstab} axes={axes} asked={asked} />
      </Section>
      <div className="two">
        <DoneTable view={view} asked={asked} axis="type" title="Par type d’activité" head="Type" />
        <DoneTable view={view} asked={asked} axis="theme" title="Par thème principal" head="Thème" />
        <DoneTable view={view} asked={asked} axis="role" title="Par rôle du centre" head="Notre rôle" />
        <DoneTable view={view} asked={asked} axis="echelle" title="Par échelle" head="Échelle" />
        <DoneTable view={view} asked={asked} axis="departement" title="Par département" head="Département" />
        <DoneTable view={view} asked={asked} axis="perimetre" title="Par périmètre" head="Périmètre" />
      </div>
    </>
  )
}
