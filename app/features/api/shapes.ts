import { z } from 'zod'

/** Pieces shared by the operations. */
export const id = z.uuid()
export const code = z.string().max(120)
export const instant = z.iso.datetime({ offset: true })
export const day = z.iso.date()
export const line = (max = 200) => z.string().trim().max(max)

export const noParams = z.strictObject({})
export const oneParam = z.strictObject({ id })
export const noQuery = z.strictObject({})
export const pageQuery = {
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .describe('Page, à partir de 1 ; cinquante lignes par page.'),
  q: line().default('').describe('Mots cherchés, accents et fautes pardonnés.'),
}

/** One page of a list, and where the next one is. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.number().int(),
    page: z.number().int(),
    next: z.string().nullable().describe('Adresse de la page suivante.'),
  })

export const reference = z.object({ id: z.string(), label: z.string() })
export const madeShape = z.object({ id })

export const PAGE_SIZE = 50

/** The page asked, as list functions read it. */
export const stateOf = (
  { page, q }: { page: number; q: string },
  sort: { key: string; direction: 'asc' | 'desc' },
  filters: Record<string, readonly string[]> = {},
) => ({ page, pageSize: PAGE_SIZE, q, sort, filters })

export function pageOf<Item>(
  address: string,
  { page, ...query }: Record<string, unknown> & { page: number },
  total: number,
  items: Item[],
) {
  const more = page * PAGE_SIZE < total
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined && one !== '') params.append(name, String(one))
  }
  params.set('page', String(page + 1))
  return { items, total, page, next: more ? `${address}?${params}` : null }
}
