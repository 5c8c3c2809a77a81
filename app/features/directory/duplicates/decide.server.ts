import type { AppContext } from '#app/platform/context.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { plural } from '#app/ui/french.ts'
import { kinds } from './kinds.server.ts'
import { mergeCertain } from './merge-certain.server.ts'
import { mergeRecords } from './merge-records.server.ts'
import type { Entity } from './rules.ts'
import { askSearch } from './search.server.ts'
import { proposeAgain, tellApart } from './tell-apart.server.ts'

export type Decision =
  | { intent: 'merge'; one: string; other: string; kept: string }
  | { intent: 'apart' | 'again'; one: string; other: string }
  | { intent: 'certain'; count: number }
  | { intent: 'search' }

export interface Refusal {
  status: 400 | 403 | 404 | 409
  sentence: string
}

type Answer = Promise<Result<string, Refusal>>

const notAllowed: Refusal = { status: 403, sentence: 'Votre rôle ne permet pas cette action.' }
const gone: Refusal = { status: 404, sentence: 'Une de ces fiches n’existe plus.' }

/** What the page of duplicates does, and the sentence that says what came of it. */
export function decide(ctx: AppContext, entity: Entity, decision: Decision): Answer {
  switch (decision.intent) {
    case 'merge':
      return merge(ctx, entity, decision)
    case 'apart':
      return apart(ctx, entity, decision)
    case 'again':
      return again(ctx, entity, decision)
    case 'certain':
      return certain(ctx, entity, decision.count)
    case 'search':
      return search(ctx, entity)
    default:
      return decision satisfies never
  }
}

interface Pair {
  one: string
  other: string
}

async function merge(ctx: AppContext, entity: Entity, { one, other, kept }: Pair & { kept: string }): Answer {
  if (kept !== one && kept !== other) return err({ status: 400, sentence: 'Choisissez une des deux fiches.' })
  const merged = await mergeRecords(ctx, kinds[entity], { keptId: kept, droppedId: kept === one ? other : one })
  if (merged.ok) return ok('Les deux fiches n’en font plus qu’une.')
  switch (merged.error.type) {
    case 'not-allowed':
      return err(notAllowed)
    case 'not-found':
      return err(gone)
    case 'same-record':
      return err({ status: 400, sentence: 'Une fiche ne se fusionne pas avec elle-même.' })
    case 'already-merged':
      return err({ status: 409, sentence: 'Une de ces fiches vient d’être fusionnée avec une autre.' })
    default:
      return merged.error satisfies never
  }
}

async function apart(ctx: AppContext, entity: Entity, { one, other }: Pair): Answer {
  const told = await tellApart(ctx, entity, [one, other])
  if (told.ok) return ok('C’est noté : ces deux fiches ne seront plus proposées.')
  return err(told.error.type === 'not-allowed' ? notAllowed : gone)
}

async function again(ctx: AppContext, entity: Entity, { one, other }: Pair): Answer {
  const proposed = await proposeAgain(ctx, entity, [one, other])
  if (proposed.ok) return ok('Ces deux fiches pourront de nouveau être proposées.')
  return err(proposed.error.type === 'not-allowed' ? notAllowed : gone)
}

async function certain(ctx: AppContext, entity: Entity, count: number): Answer {
  const merged = await mergeCertain(ctx, entity, count)
  if (merged.ok) {
    const left = merged.value.left > 0 ? ` Il en reste ${plural(merged.value.left, 'paire')}.` : ''
    return ok(`${plural(merged.value.merged, 'fusion faite', 'fusions faites')}.${left}`)
  }
  switch (merged.error.type) {
    case 'not-allowed':
      return err(notAllowed)
    case 'count-changed': {
      const now = plural(merged.error.count, 'paire certaine', 'paires certaines')
      return err({
        status: 409,
        sentence: `La liste a changé entre-temps : il y a maintenant ${now}. Confirmez de nouveau.`,
      })
    }
    default:
      return merged.error satisfies never
  }
}

async function search(ctx: AppContext, entity: Entity): Answer {
  const asked = await askSearch(ctx, entity)
  if (asked.ok) return ok('La recherche est lancée.')
  switch (asked.error.type) {
    case 'not-allowed':
      return err(notAllowed)
    case 'under-way':
      return err({ status: 409, sentence: 'Une recherche est déjà en cours.' })
    default:
      return asked.error satisfies never
  }
}
