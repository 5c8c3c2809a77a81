import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { runTool } from './node24.mjs'
import { onlyOne } from './only-one.mjs'
import { run } from './project.mjs'

export function test(args) {
  return run(async () => {
    await onlyOne(async () => {
      await ensureInstalled({ withTools: true })
      await ensureBuilt()
    })
    const { code } = await runTool('vitest/vitest.mjs', ['run', ...args], { env: { ...process.env, NODE_ENV: 'test' } })
    process.exitCode = code
  })
}
