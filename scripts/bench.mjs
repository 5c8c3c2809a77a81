// Timings on a large house (100,000 people, 10,000 activities, 1,000,000 attendances), bare SQL beside. A few minutes.
import path from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { become, findNode24 } from './lib/node24.mjs'
import { onlyOne } from './lib/only-one.mjs'
import { root, run } from './lib/project.mjs'

await run(async () => {
  await onlyOne(async () => {
    await ensureInstalled({ withTools: true })
    await ensureBuilt()
  })
  process.chdir(root)
  const args = [path.join(root, 'tests/bench/main.ts'), ...process.argv.slice(2)]
  become(findNode24(), args, { ...process.env, NODE_ENV: 'production' })
})
