// The whole continuous integration, locally: types, lint, format, dead code, then every test (`--static`: without them).
import { ensureInstalled } from './lib/install.mjs'
import { runTool } from './lib/node24.mjs'
import { onlyOne } from './lib/only-one.mjs'
import { run, Stop, say } from './lib/project.mjs'
import { test } from './lib/test.mjs'

const steps = [
  ['Types des pages', '@react-router/dev/bin.cjs', ['typegen']],
  ['Types', 'typescript/bin/tsc', ['--noEmit']],
  ['Règles', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  ['Mise en forme', '@biomejs/biome/bin/biome', ['format', '.']],
  ['Code mort', 'knip/bin/knip.js', []],
]

await run(async () => {
  await onlyOne(() => ensureInstalled({ withTools: true }))
  const failed = []
  for (const [label, tool, args] of steps) {
    say(`${label}…`)
    const { code, output } = await runTool(tool, args, { quiet: true })
    if (code !== 0) failed.push(`${label} :\n${output.trim()}`)
  }
  if (failed.length > 0) throw new Stop(failed.join('\n\n'))
  say('Types, règles, mise en forme, code mort : rien à redire.')
  if (process.argv.includes('--static')) return
  say('Tests…')
  await test(process.argv.slice(2))
})
