import { encodeQR } from 'qr'
import { houseOf, pdfTemplate, renderPdf } from '#app/platform/pdf/render.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { formatDate, formatDateRange, formatDateTimeRange, isoDay, nb, plural } from '#app/ui/french.ts'
import { weavePattern } from '#app/ui/weave.ts'
import { formatDuration } from '../cycles/duration.ts'
import { attendanceModeLabels } from '../labels.ts'
import type { CertificateFacts } from './facts.ts'
import type { certificates } from './schema.server.ts'

export type Certificate = Pick<
  typeof certificates.$inferSelect,
  'id' | 'code' | 'kind' | 'activityId' | 'seriesId' | 'holder' | 'facts' | 'minutes' | 'issuedAt'
>

const template = pdfTemplate('#app/features/activities/certificates/certificate.typ')

export const codeAddress = ({ baseUrl }: Pick<AppContext, 'baseUrl'>, code: string) => `${baseUrl}/attestations/${code}`

/** One page a certificate, in the order given. */
export async function drawCertificates(ctx: AppContext, list: readonly Certificate[]): Promise<Uint8Array> {
  const centre = await readCentre(ctx.db)
  const address = `${ctx.baseUrl}/attestations`
  const [first] = list
  return renderPdf(template, {
    house: houseOf(centre),
    title: titleOf(list),
    checkAddress: address,
    checkShown: address.replace(/^https?:\/\//, ''),
    footer: nb(
      'Attestation établie à partir des présences relevées. Elle n’est pas signée à la main : son code prouve qu’elle est authentique.',
    ),
    certificates: list.map((one) => pageOf(ctx, one, centre.name, meshOf(first?.activityId ?? first?.seriesId ?? ''))),
  })
}

const titleOf = ([first, ...others]: readonly Certificate[]) =>
  nb(`Attestation de présence – ${first && others.length === 0 ? first.holder : (first?.facts.subject ?? '')}`)

function pageOf(ctx: AppContext, one: Certificate, centre: string, mesh: number[][]) {
  const { facts } = one
  return {
    title: one.kind === 'series' ? 'Attestation d’assiduité' : 'Attestation de présence',
    issuer: centre,
    holder: one.holder,
    sentence: one.kind === 'series' ? 'a suivi le cycle de formation' : 'a participé à l’activité',
    subject: nb(facts.subject),
    facts: factsOf(one),
    sessions: linesOf(one),
    issued: `Fait le ${formatDate(one.issuedAt)}.`,
    code: one.code,
    qr: encodeQR(codeAddress(ctx, one.code), 'svg', { ecc: 'medium', border: 1 }),
    mesh,
  }
}

/** What the paper and its public page both say. */
export function factsOf({ facts, minutes }: Pick<Certificate, 'facts' | 'minutes'>): [label: string, value: string][] {
  const { sessions, followed, nature, place, mode, connected } = facts
  const list: [string, string | null | false][] = [
    ['Nature', nature],
    [sessions.length > 1 ? 'Dates' : 'Date', datesOf(facts)],
    ['Lieu', mode === 'remote' ? attendanceModeLabels.remote : place],
    [
      'Assiduité',
      followed ? `${plural(followed.attended, 'activité suivie', 'activités suivies')} sur ${followed.held}` : null,
    ],
    [connected ? 'Durée de connexion' : 'Durée', formatDuration(minutes)],
  ]
  return list.flatMap(([label, value]): [string, string][] => (value ? [[label, nb(value)]] : []))
}

function datesOf({ sessions }: CertificateFacts): string {
  const [first] = sessions
  if (!first) return ''
  const last = sessions.at(-1)!
  if (sessions.length === 1) return formatDateTimeRange(new Date(first.startsAt), new Date(first.endsAt))
  return formatDateRange(new Date(first.startsAt), new Date(last.endsAt))
}

/** One session is told whole above; several are listed. */
const linesOf = ({ kind, facts }: Certificate) =>
  facts.sessions.length < 2 && kind === 'activity'
    ? []
    : facts.sessions.map(({ title, startsAt, endsAt, minutes }, i) => ({
        when: formatDateRange(isoDay(new Date(startsAt)), isoDay(new Date(endsAt))),
        title: nb(title ?? `Séance ${i + 1}`),
        duration: formatDuration(minutes),
      }))

const BAND = { width: 1050, height: 180, perMillimetre: 5 }
const piece = /M(-?[\d.]+) (-?[\d.]+)([HV])(-?[\d.]+)/g

/** The mesh of the record as segments in millimetres: start, end, width, then 1 for the warp. */
function meshOf(id: string): number[][] {
  const { weft, warp } = weavePattern(id, BAND.width, BAND.height)
  const drawn = [...weft.map((one) => ({ ...one, warp: 0 })), ...warp.map((one) => ({ ...one, warp: 1 }))]
  return drawn.flatMap(({ path, width, warp: isWarp }) =>
    [...path.matchAll(piece)].map(([, a, b, way, to]) => {
      const [x, y, end] = [Number(a), Number(b), Number(to)]
      const points = way === 'H' ? [x, y, end, y] : [x, y, x, end]
      return [...[...points, width].map((value) => value / BAND.perMillimetre), isWarp]
    }),
  )
}
