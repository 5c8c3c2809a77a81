import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { root, say } from './project.mjs'

/**
 * Installs and builds of one copy of the project happen one after the other. The name is given back by the system when
 * its holder dies; where there is no such name (macOS) nothing is held.
 */
export async function onlyOne(work) {
  const name = lockName()
  if (!name) return work()
  let told = false
  for (;;) {
    const server = await listen(name)
    if (server) {
      try {
        return await work()
      } finally {
        server.close()
      }
    }
    if (!told) say('Une autre installation est en cours ici : attente…')
    told = true
    await wait(200)
  }
}

function lockName() {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 24)
  if (process.platform === 'linux') return `\0maillage-install-${id}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\maillage-install-${id}`
  return null
}

function listen(name) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(name, () => resolve(server))
  })
}
