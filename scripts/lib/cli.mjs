import path from 'node:path'
import { ensureInstalled } from './install.mjs'
import { become, findNode24 } from './node24.mjs'
import { onlyOne } from './only-one.mjs'
import { root, run } from './project.mjs'

export function cli(args) {
  return run(async () => {
    await onlyOne(() => ensureInstalled({ withTools: false }))
    const env = { NODE_ENV: 'production', ...process.env, MAILLAGE_CWD: process.cwd() }
    become(findNode24(), [path.join(root, 'server/cli/main.ts'), ...args], env)
  })
}
