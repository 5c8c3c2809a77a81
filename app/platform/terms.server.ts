import { asc, eq } from 'drizzle-orm'
import type { Database } from './database.server.ts'
import { terms } from './schema.server.ts'

export type Term = typeof terms.$inferSelect

/** The terms of a vocabulary (« theme », « profil », « activite », « anct », « organisation »), in the order of the centre; retired ones included, marked by `retiredAt`. */
export function termsOf(db: Database, vocabulary: string): Promise<Term[]> {
  return db.select().from(terms).where(eq(terms.vocabulary, vocabulary)).orderBy(asc(terms.position), asc(terms.label))
}

/** For a <Select>: what can still be chosen, plus the value already there. Children are grouped under their parent. */
export function termOptions(list: readonly Term[], kept?: string | null) {
  const usable = list.filter((term) => !term.retiredAt || term.id === kept)
  const parents = usable.filter((term) => usable.some(({ parentId }) => parentId === term.id))
  if (parents.length === 0) return usable.map(({ id, label }) => ({ value: id, label }))
  return parents.map((parent) => ({
    label: parent.label,
    options: usable.filter(({ parentId }) => parentId === parent.id).map(({ id, label }) => ({ value: id, label })),
  }))
}
