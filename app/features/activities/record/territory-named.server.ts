import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'

/** The one territory of this name or code, where no script can propose any; several of that name are no choice. */
async function territoryNamed(db: Database, text: string): Promise<{ id: string } | 'unknown' | { several: string[] }> {
  const { rows } = await db.execute<{ id: string; name: string; code: string }>(sql`
    select id, name, code from territory.territory_card
    where upper(code) = upper(${text}) or platform.normalise(name) = platform.normalise(${text}) order by kind, code limit 6`)
  if (rows.length === 0) return 'unknown'
  return rows.length === 1 ? { id: rows[0]!.id } : { several: rows.map(({ name, code }) => `${name} (${code})`) }
}

/** What the field without script adds: nothing, one territory, or the sentence that refuses it. */
export async function namedTerritory(db: Database, text: string): Promise<Result<string[], string>> {
  const asked = text.trim().slice(0, 200)
  if (asked === '') return ok([])
  const found = await territoryNamed(db, asked)
  if (found === 'unknown') return err('Aucun territoire ne porte ce nom ni ce code.')
  if ('id' in found) return ok([found.id])
  return err(`Plusieurs territoires portent ce nom\u202f: ${found.several.join(', ')}. Donnez le code.`)
}
