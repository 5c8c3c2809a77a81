// Development: pages reloaded as they change, mails readable in the browser, data in ./data.
import path from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { become, findNode24 } from './lib/node24.mjs'
import { onlyOne } from './lib/only-one.mjs'
import { root, run } from './lib/project.mjs'

await run(async () => {
  await onlyOne(() => ensureInstalled({ withTools: true }))
  process.chdir(root)
  const args = [path.join(root, 'server/main.ts'), '--dev', ...process.argv.slice(2)]
  become(findNode24(), args, { ...process.env, NODE_ENV: 'development' })
})
