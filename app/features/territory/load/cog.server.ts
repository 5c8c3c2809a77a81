import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { IncomingBatch, IncomingVintage } from './incoming.ts'

const PACKAGE = '@etalab/decoupage-administratif'
const BATCH = 4000
const here = createRequire(import.meta.url)

/** The package says its year by its major version only: see the table of its README. */
const yearOfMajor = (major: number) => 2020 + major

export function cogVintage(only?: readonly string[]): IncomingVintage {
  const { version } = here(`${PACKAGE}/package.json`) as { version: string }
  const year = yearOfMajor(Number.parseInt(version, 10))
  return {
    id: vintageId(`cog-${year}`, only),
    source: 'Code officiel géographique',
    attribution: `Insee, DGCL, La Poste, par ${PACKAGE} ${version} – Licence Ouverte 2.0`,
    year,
    partial: only !== undefined,
  }
}

export const vintageId = (id: string, only?: readonly string[]) => (only ? `${id}/${[...only].sort().join('-')}` : id)

/** Régions, départements, communes, then EPCI with their members, in batches; 12 MB of JSON are never held at once. */
export async function* readCog(only?: readonly string[]): AsyncGenerator<IncomingBatch> {
  const kept = only && new Set(only)
  yield* batches(regions())
  yield* batches(departements())
  yield* batches(communes(kept))
  yield* batches(epci(kept))
}

async function* regions(): AsyncGenerator<IncomingBatch> {
  for await (const { code, nom } of records('regions', place)) {
    yield { territories: [{ id: `reg-${code}`, kind: 'region', code, name: nom }], links: [] }
  }
}

async function* departements(): AsyncGenerator<IncomingBatch> {
  for await (const { code, nom, region } of records('departements', place.extend({ region: z.string() }))) {
    const id = `dep-${code}`
    yield {
      territories: [{ id, kind: 'departement', code, name: nom, departementCode: code }],
      links: [{ childId: id, parentId: `reg-${region}` }],
    }
  }
}

async function* communes(kept?: ReadonlySet<string>): AsyncGenerator<IncomingBatch> {
  for await (const { code, nom, type, departement, codesPostaux, population } of records('communes', commune)) {
    if (type !== 'commune-actuelle' || (kept && !kept.has(departement))) continue
    const id = `com-${code}`
    const detail = codesPostaux?.join(', ') || null
    yield {
      territories: [{ id, kind: 'commune', code, name: nom, detail, departementCode: departement, population }],
      links: [{ childId: id, parentId: `dep-${departement}` }],
    }
  }
}

async function* epci(kept?: ReadonlySet<string>): AsyncGenerator<IncomingBatch> {
  for await (const { code, nom, type, membres } of records('epci', group)) {
    const members = kept ? membres.filter((member) => kept.has(departementOf(member.code))) : membres
    if (members.length === 0) continue
    const id = `epci-${code}`
    yield {
      territories: [{ id, kind: 'epci', code, name: nom, detail: type }],
      links: members.map((member) => ({ childId: `com-${member.code}`, parentId: id })),
    }
  }
}

export const departementOf = (communeCode: string) => communeCode.slice(0, communeCode.startsWith('97') ? 3 : 2)

const place = z.object({ code: z.string().min(1), nom: z.string().min(1) })
const commune = place.extend({
  type: z.string(),
  departement: z.string(),
  codesPostaux: z.array(z.string()).optional(),
  population: z.number().int().optional(),
})
const group = place.extend({ type: z.string(), membres: z.array(z.object({ code: z.string() })) })

/** The files of the package hold one object per line, which spares reading 8 MB of JSON at once. */
async function* records<Schema extends z.ZodType>(name: string, schema: Schema): AsyncGenerator<z.output<Schema>> {
  const input = createReadStream(here.resolve(`${PACKAGE}/data/${name}.json`), 'utf8')
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.trim().replace(/,$/, '')
    if (text !== '' && text !== '[' && text !== ']') yield schema.parse(JSON.parse(text))
  }
}

async function* batches(source: AsyncGenerator<IncomingBatch>): AsyncGenerator<IncomingBatch> {
  let batch: IncomingBatch = { territories: [], links: [] }
  for await (const { territories, links } of source) {
    batch.territories.push(...territories)
    batch.links.push(...links)
    if (batch.links.length < BATCH) continue
    yield batch
    batch = { territories: [], links: [] }
  }
  yield batch
}
