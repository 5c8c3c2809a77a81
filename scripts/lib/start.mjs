import path from 'node:path'
import { ensureBuilt, isBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { become, findNode24 } from './node24.mjs'
import { onlyOne } from './only-one.mjs'
import { root, run, say } from './project.mjs'

export function start(args) {
  return run(async () => {
    await onlyOne(async () => {
      await ensureInstalled({ withTools: !isBuilt() })
      await ensureBuilt()
    })
    process.chdir(root)
    become(findNode24(), [path.join(root, 'server/main.ts'), ...args], environment(args.includes('--demo')))
  })
}

/** The demonstration lives in a data folder of its own and never in somebody's database. */
function environment(demo) {
  const env = { ...process.env, NODE_ENV: 'production' }
  if (!demo) return env
  if (env.DATABASE_URL) say('La démonstration ignore DATABASE_URL : elle a sa propre base, dans data-demo.')
  delete env.DATABASE_URL
  return { ...env, DATA_DIR: env.DEMO_DATA_DIR || path.join(root, 'data-demo'), DEMO: '1' }
}
