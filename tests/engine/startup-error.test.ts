import { createServer, type Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { explainListenError, StartupError } from '#app/platform/postgres/startup-error.ts'

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

describe('un port où l’on ne peut pas écouter', () => {
  it('déjà pris : une phrase qui donne son numéro', async () => {
    const first = await listen(0, '127.0.0.1')
    const { port } = first.address() as { port: number }
    const error = await listen(port, '127.0.0.1').catch((reason: unknown) => explainListenError(reason, port))
    expect(error).toBeInstanceOf(StartupError)
    expect((error as StartupError).message).toBe(
      `Le port ${port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port (PORT).`,
    )
    first.close()
  })

  it('une adresse qui n’est pas à cette machine : une phrase', async () => {
    const error = await listen(0, '192.0.2.1').catch((reason: unknown) => explainListenError(reason, 3000))
    expect(error).toBeInstanceOf(StartupError)
  })

  it('un défaut reste un défaut', () => {
    const defect = new TypeError('défaut')
    expect(explainListenError(defect, 3000)).toBe(defect)
  })
})
