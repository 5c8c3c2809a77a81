import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkImport, confirmImport } from '#app/features/directory/imports/change-import.server.ts'
import { runCheck } from '#app/features/directory/imports/check-import.server.ts'
import { countsOf, importById } from '#app/features/directory/imports/import-record.server.ts'
import { peopleKind } from '#app/features/directory/imports/people-kind.server.ts'
import { runImport } from '#app/features/directory/imports/run-import.server.ts'
import { startImport, usualChoices } from '#app/features/directory/imports/start-import.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Measure } from './measure.ts'

const COUNT = 100_000

/** A list of 100,000 people with their organisation: tried, then written, beside a directory that already holds as many. */
export async function imports(ctx: AppContext): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'maillage-banc-import-'))
  const memory = watchMemory()
  const start = performance.now()
  await importAll({ ...ctx, filesDir: folder }, listOf(COUNT, folder))
  const time = performance.now() - start
  const grown = memory.stop()
  rmSync(folder, { recursive: true, force: true })
  return [
    {
      label: `import de ${COUNT.toLocaleString('fr-FR')} lignes, essai et reprise`,
      value: time,
      unit: 'ms',
      goal: { most: 60_000 },
    },
    { label: 'mémoire gagnée pendant l’import', value: grown, unit: 'Mo', goal: { most: 400 } },
  ]
}

async function importAll(ctx: AppContext, file: { path: string; name: string; size: number }) {
  const started = await startImport(ctx, { kind: peopleKind, file })
  if (!started.ok) throw new Error(`import refused: ${started.error.type}`)
  const { id } = started.value
  const { mapping } = (await importById(ctx, id))!
  await checkImport(ctx, peopleKind, id, { mapping, choices: usualChoices })
  await runCheck(ctx, [peopleKind], id)
  await confirmImport(ctx, peopleKind, id)
  await runImport(ctx, [peopleKind], id)
  const { create, complete } = await countsOf(ctx.db, id)
  if (create + complete < COUNT * 0.95) throw new Error(`only ${create} + ${complete} lines were taken`)
}

const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')

/** Made from line numbers: no chance. One line in ten says somebody again. */
function listOf(count: number, folder: string) {
  const lines = Array.from({ length: count }, (_, i) => {
    const who = i % 10 === 9 ? i - 5 : i
    return `NOM-${letters(who)};Prénom ${letters(who % 300)};personne-${who}@banc-import.test;06${String(10_000_000 + who)};Structure ${letters(i % 2000)};Chargée de mission;${(who % 95) + 1}`
  })
  const file = path.join(folder, 'liste.csv')
  const text = `Nom;Prénom;E-mail;Téléphone;Structure;Fonction;Département\n${lines.join('\n')}\n`
  writeFileSync(file, text)
  return { path: file, name: 'liste.csv', size: Buffer.byteLength(text) }
}

/** The most that the process took above what it had. */
function watchMemory() {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50)
  return {
    stop: () => {
      clearInterval(timer)
      return (most - before) / 1_000_000
    },
  }
}
