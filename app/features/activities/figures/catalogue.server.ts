import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Figure, FigureError, FigureFilters, FigureRows, Period, RowPage } from '#app/platform/figures.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import type { Scope } from './base.server.ts'
import { type AnyRow, rowsOf } from './rows.server.ts'
import { attendedSource, completedSource, followedSource, possibleSource } from './parcours.server.ts'
import {
  activitySource,
  attributedSource,
  personSource,
  presenceSource,
  reportedSource,
  type Source,
} from './sources.server.ts'

export interface ActivityFigure extends Figure<AnyRow> {
  /** Of a ratio: what bounds its two counts. */
  bounds?: readonly string[]
}

interface Declared {
  id: string
  label: string
  unit: { one: string; many: string }
  definition: string
  perimeter: string | null
}

const COUNTED_ACTIVITIES =
  'Comptent les activités publiées dont la date de début tombe dans la période (heure de Paris) ; ni les brouillons, ni les activités annulées, ni celles qui restent à venir.'

const activities = count(
  {
    id: 'activites',
    label: 'Activités',
    unit: { one: 'activité', many: 'activités' },
    definition: `Une activité compte une fois, quel que soit le nombre de ses séances. ${COUNTED_ACTIVITIES}`,
    perimeter: null,
  },
  activitySource(sql`1`),
)

const halfDays = count(
  {
    id: 'demi-journees',
    label: 'Demi-journées',
    unit: { one: 'demi-journée', many: 'demi-journées' },
    definition: `Par séance : une demi-journée jusqu’à quatre heures, deux au-delà, deux par journée supplémentaire. Une valeur corrigée à la main porte son motif. ${COUNTED_ACTIVITIES}`,
    perimeter: null,
  },
  activitySource(sql`act.half_days`),
)

const attributed = count(
  {
    id: 'demi-journees-attribuees',
    label: 'Demi-journées attribuées',
    unit: { one: 'demi-journée', many: 'demi-journées' },
    definition: `La part du centre. Toutes les demi-journées d’une activité qu’il organise ; sa part, convenue avec les autres organisateurs, d’une activité co-organisée (toutes, tant que rien n’est convenu) ; aucune quand il est partenaire, intervenant ou participant. Les parts de tous les co-organisateurs font les demi-journées de l’activité : deux centres peuvent additionner ce chiffre. ${COUNTED_ACTIVITIES}`,
    perimeter: null,
  },
  attributedSource(),
)

const presences = count(
  {
    id: 'presences',
    label: 'Présences cumulées',
    unit: { one: 'présence', many: 'présences' },
    definition:
      'Une ligne par personne identifiée et par activité, présence confirmée. Deux fiches fusionnées présentes à la même activité comptent une fois. Profil, fonction et département sont ceux de la personne à la date de l’activité. Les personnes non identifiées sont données à part.',
    perimeter: 'participation',
  },
  presenceSource,
)

const reported = count(
  {
    id: 'presences-declarees',
    label: 'Présences déclarées par le centre',
    unit: { one: 'présence', many: 'présences' },
    definition:
      'Présences cumulées aux activités dont le centre déclare les participants : celles qu’il organise, et les activités co-organisées qu’un autre organisateur ne déclare pas. Deux centres peuvent additionner ce chiffre sans compter deux fois la même activité.',
    perimeter: 'participation',
  },
  reportedSource,
)

const people = count(
  {
    id: 'personnes',
    label: 'Personnes différentes',
    unit: { one: 'personne', many: 'personnes' },
    definition:
      'Une personne identifiée compte une fois sur la période, après fusion des doublons. Son profil et son département sont ceux de sa dernière présence de la période. Parmi les personnes non identifiées, certaines sont peut-être déjà comptées : elles donnent le haut de la fourchette, jamais un total.',
    perimeter: 'participation',
  },
  personSource,
)

const unnamed = (basis: 'counted' | 'estimated') =>
  activitySource(sql`act.unidentified_count`, sql`act.unidentified_basis = ${basis}`)

const unidentified = count(
  {
    id: 'non-identifiees',
    label: 'Présences non identifiées, comptées',
    unit: { one: 'présence', many: 'présences' },
    definition:
      'Personnes présentes qui n’ont pas pu être nommées, comptées une à une pendant l’activité. Données à part : elles ne s’ajoutent ni aux présences ni aux personnes.',
    perimeter: 'participation',
  },
  unnamed('counted'),
)

const estimated: ActivityFigure = {
  ...count(
    {
      id: 'non-identifiees-estimees',
      label: 'Présences non identifiées, estimées',
      unit: { one: 'présence', many: 'présences' },
      definition:
        'Personnes présentes qui n’ont été ni nommées ni comptées : l’équipe en a estimé le nombre. Une estimation ne s’ajoute jamais à un compte.',
      perimeter: 'participation',
    },
    unnamed('estimated'),
  ),
  kind: 'estimate',
}

const remoteShare = ratio(
  {
    id: 'part-a-distance',
    label: 'Part des présences à distance',
    unit: { one: 'présence', many: 'présences' },
    definition:
      'Présences à distance rapportées à toutes les présences identifiées de la période. Une personne présente à distance à une activité hybride compte à distance.',
    perimeter: 'participation',
  },
  { of: presences, where: { presence: ['remote'] } },
)

const CYCLES =
  'Une personne suit un cycle de formation dès qu’elle est inscrite ou venue à l’une de ses activités tenues dans la période. '

const followed = count(
  {
    id: 'parcours',
    label: 'Parcours suivis dans les cycles de formation',
    unit: { one: 'parcours', many: 'parcours' },
    definition: `${CYCLES}Chaque personne compte une fois par cycle, après fusion des doublons.`,
    perimeter: null,
  },
  followedSource,
)

const completed = count(
  {
    id: 'parcours-acheves',
    label: 'Parcours achevés',
    unit: { one: 'parcours achevé', many: 'parcours achevés' },
    definition:
      'Personnes qui ont suivi la part d’activités demandée par un cycle, toutes ses activités comptées, l’année du cycle où il prend fin. Les cycles qui ne demandent aucune assiduité ne comptent pas.',
    perimeter: null,
  },
  completedSource,
)

const assiduity: ActivityFigure = assiduityOf(
  {
    id: 'assiduite-cycles',
    label: 'Assiduité moyenne aux cycles de formation',
    unit: { one: 'parcours', many: 'parcours' },
    definition: `${CYCLES}Présences rapportées à ce que chacun aurait pu suivre : toutes les activités du cycle tenues dans la période.`,
    perimeter: null,
  },
  count({ ...hidden('presences-cycles'), label: 'Présences aux cycles' }, attendedSource),
  count({ ...hidden('presences-possibles'), label: 'Présences possibles aux cycles' }, possibleSource),
)

/** Every figure that activities own. A figure is declared here and nowhere else. */
export const figures: readonly ActivityFigure[] = [
  activities,
  halfDays,
  attributed,
  presences,
  reported,
  people,
  unidentified,
  estimated,
  remoteShare,
  followed,
  assiduity,
  completed,
]

export const figureById = (id: string): ActivityFigure | undefined => figures.find((figure) => figure.id === id)

function count(declared: Declared, source: Source): ActivityFigure {
  const { ctes, from, weight, cells, axes, rowKind } = source
  const total = source.sum ?? sql`coalesce(sum(${weight}), 0)::int`
  return {
    ...declared,
    kind: 'count',
    rowKind,
    axes,
    compute: (ctx, period, filters = {}) =>
      allowed(ctx, source, period, filters, async (scope) => {
        const { rows } = await ctx.db.execute<{ value: number }>(
          sql`with ${ctes(scope)} select ${total} as value ${from(scope)}`,
        )
        return { value: rows[0]!.value }
      }),
    breakdown: async (ctx, period, axis, filters = {}) => {
      const known = axes.find(({ key }) => key === axis)
      if (!known) return err({ type: 'unknown-axis', axis })
      return allowed(ctx, source, period, filters, async (scope) => {
        const cell = cells(scope, known.key)
        const { rows } = await ctx.db.execute<{ key: string; value: number }>(
          sql`with ${ctes(scope)} select ${cell.key} as key, ${cell.value} as value ${cell.from} group by 1 order by 1`,
        )
        return rows
      })
    },
    rows: (ctx, period, filters, page) =>
      allowed(ctx, source, period, filters, async (scope) => named(ctx, await rowsOf(ctx.db, source, scope, page))),
  }
}

function ratio(declared: Declared, { of, where }: { of: ActivityFigure; where: FigureFilters }): ActivityFigure {
  const axes = of.axes.filter(({ key }) => !(key in where))
  return {
    ...declared,
    kind: 'ratio',
    rowKind: of.rowKind,
    axes: [],
    bounds: axes.map(({ key }) => key),
    compute: async (ctx, period, filters = {}) => {
      const stranger = Object.keys(filters).find((axis) => !axes.some(({ key }) => key === axis))
      if (stranger) return err({ type: 'unknown-axis', axis: stranger })
      const whole = await of.compute(ctx, period, filters)
      if (!whole.ok) return whole
      const part = await of.compute(ctx, period, { ...filters, ...where })
      if (!part.ok) return part
      const [numerator, denominator] = [part.value.value, whole.value.value]
      return ok({ value: denominator > 0 ? numerator / denominator : 0, parts: { numerator, denominator } })
    },
    breakdown: async (_ctx, _period, axis) => err({ type: 'unknown-axis', axis }),
    rows: of.rows,
  }
}

/** One of the two counts of a ratio, which has no page of its own. */
function hidden(id: string): Omit<Declared, 'label'> {
  return { id, unit: { one: 'présence', many: 'présences' }, definition: '', perimeter: null }
}

/** Two sums over the same rows: its rows are those of the people who follow. */
function assiduityOf(declared: Declared, attended: ActivityFigure, possible: ActivityFigure): ActivityFigure {
  return {
    ...declared,
    kind: 'ratio',
    rowKind: followed.rowKind,
    axes: [],
    bounds: followed.axes.map(({ key }) => key),
    compute: async (ctx, period, filters = {}) => {
      const [part, whole] = [await attended.compute(ctx, period, filters), await possible.compute(ctx, period, filters)]
      if (!part.ok) return part
      if (!whole.ok) return whole
      const [numerator, denominator] = [part.value.value, whole.value.value]
      return ok({ value: denominator > 0 ? numerator / denominator : 0, parts: { numerator, denominator } })
    },
    breakdown: async (_ctx, _period, axis) => err({ type: 'unknown-axis', axis }),
    rows: followed.rows,
  }
}

/** The rows of a source bounded to what the actor may see, and refused when an axis is not one of its own. */
async function allowed<Value>(
  ctx: AppContext,
  { axes }: Source,
  period: Period,
  filters: FigureFilters,
  work: (scope: Scope) => Promise<Value>,
): Promise<Result<Value, FigureError>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  const stranger = Object.keys(filters).find((axis) => !axes.some(({ key }) => key === axis))
  if (stranger) return err({ type: 'unknown-axis', axis: stranger })
  return ok(await work({ period, filters, now: ctx.now() }))
}

/** Who may not read attendance sees the rows without the names. */
function named(ctx: AppContext, found: FigureRows<AnyRow>): FigureRows<AnyRow> {
  if (can(ctx.actor, 'attendance:read')) return found
  const hidden = { personId: null, name: null, function: null, organisation: null }
  const rows = found.rows.map((row) => (row.kind === 'activity' ? row : { ...row, ...hidden }))
  return { ...found, rows }
}

/** Every row, for an export: nominative lists ask for the right to export attendance. */
export async function exportedRows(
  ctx: AppContext,
  figure: ActivityFigure,
  period: Period,
  filters: FigureFilters,
  sort: RowPage['sort'],
): Promise<Result<AnyRow[], FigureError>> {
  if (figure.rowKind !== 'activity' && !can(ctx.actor, 'attendance:export')) return err({ type: 'not-allowed' })
  const found = await figure.rows(ctx, period, filters, { offset: 0, limit: 1_000_000, sort })
  return found.ok ? ok(found.value.rows) : found
}
