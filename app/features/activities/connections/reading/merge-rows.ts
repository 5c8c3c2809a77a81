import { mergeJoins, overlapping } from '../durations.ts'
import type { Join, ListedParticipant, NamedConnection } from './list.ts'
import { plain } from './plain.ts'
import { isNobody, peopleIn, readName } from './said-name.ts'

const MAX_HEADS = 500

/** What makes two lines one participant: their address, else their name. */
export const identityOf = ({ name, email }: Pick<NamedConnection, 'name' | 'email'>): string =>
  email ? `@ ${email}` : `n ${plain(name) || name}`

type WithHeads = NamedConnection & { heads: number }

/** The lines of one participant as one, with all their connections; several people under one name are as many participants. */
export function mergeRows(rows: readonly NamedConnection[]): ListedParticipant[] {
  const names = grouped(rows.map((row) => ({ row, heads: 1 }))).map((one) => ({ ...one, heads: crowd(one) }))
  const people = names.flatMap(personsOf)
  const merged = people.length === names.length ? people : grouped(people.map((row) => ({ row, heads: row.heads })))
  return merged.map((one) => {
    const { phone, heads } = readName(one.name)
    return { ...one, phone, heads: Math.min(MAX_HEADS, Math.max(heads, one.heads)) }
  })
}

function grouped(rows: readonly { row: NamedConnection; heads: number }[]): (WithHeads & { all: Join[] })[] {
  return [...Map.groupBy(rows, ({ row }) => identityOf(row)).values()].map((group) => {
    const all = group.flatMap(({ row }) => row.joins)
    return {
      ...group[0]!.row,
      role: group.some(({ row }) => row.role === 'host') ? 'host' : 'participant',
      organisation: group.find(({ row }) => row.organisation)?.row.organisation ?? null,
      heads: Math.max(...group.map(({ heads }) => heads)),
      joins: mergeJoins(all),
      saidSeconds: saidOf(group.map(({ row }) => row)),
      all,
    }
  })
}

/** Two « iPhone » at once are two people; two connections of one name at once are one person and two screens. */
const crowd = ({ name, all }: { name: string; all: readonly Join[] }) => (isNobody(name) ? overlapping(all) : 1)

/** « Marie et Paul Martin » connected together; an address is that of the first. */
function personsOf({ all: _all, ...one }: WithHeads & { all: Join[] }): WithHeads[] {
  const people = one.role === 'host' ? [one.name] : peopleIn(one.name)
  return people.map((name, index) => ({ ...one, name, email: index === 0 ? one.email : null }))
}

function saidOf(group: readonly NamedConnection[]): number | null {
  const said = group.flatMap(({ saidSeconds }) => saidSeconds ?? [])
  return said.length === 0 ? null : said.reduce((sum, one) => sum + one, 0)
}
