import { chmodSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot, ordinary, root, temporaryFolder } from '../engine/processes.ts'
import { freshDatabase } from '../context.ts'
import { refused, type Served, serve, urlOf } from './serve.ts'

const timeout = 90_000

/** As Node's own client does it: any Host, any body. */
function ask(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

describe('un Maillage en marche', () => {
  const dataDir = path.join(temporaryFolder(), 'data')
  let served: Served

  beforeAll(async () => {
    served = await serve({ env: { DATA_DIR: dataDir } })
  }, timeout)
  afterAll(async () => {
    if (served.child.exitCode === null) await served.stop()
  }, timeout)

  test('dit son adresse et le lien du premier compte, qui s’ouvre', async () => {
    expect(served.setUp).toMatch(/^\/installation\/[\w-]{40,}$/)
    const page = await ask(served.url + served.setUp)
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Créer le centre et mon compte') })
    expect(page.headers['cache-control']).toBe('private, no-store')
  })

  test('une page publique est en français, sans script, avec une politique de contenu stricte', async () => {
    const { status, text, headers } = await ask(`${served.url}/`)
    expect(status).toBe(200)
    expect(text).toContain('<html lang="fr"')
    expect(text).not.toMatch(/<script(?! type="application\/ld\+json")/)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('le bureau demande de se connecter et garde la page demandée', async () => {
    const { status, headers } = await ask(`${served.url}/bureau/activites?annee=2022`)
    expect(status).toBe(302)
    expect(headers.location).toBe(`/connexion?suite=${encodeURIComponent('/bureau/activites?annee=2022')}`)
  })

  test('un nom d’hôte étranger n’obtient rien', async () => {
    for (const host of [
      'pirate.example',
      `localhost.pirate.example:${new URL(served.url).port}`,
      'localhost@pirate.example',
    ]) {
      const { status, text } = await ask(`${served.url}/connexion`, { headers: { host } })
      expect([400, 421]).toContain(status)
      expect(text).not.toContain('pirate')
    }
  })

  test('un formulaire venu d’un autre site est refusé', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const foreign: Record<string, string>[] = [
      { origin: 'https://pirate.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      const answer = await ask(`${served.url}/connexion`, {
        method: 'POST',
        headers: { ...form, ...headers },
        body: Buffer.from('a=b'),
      })
      expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('autre site') })
    }
  })

  test('un envoi de 50 Mo est refusé d’une phrase, qu’il annonce sa taille ou non', async () => {
    const body = Buffer.alloc(50_000_000, 97)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const announced = await ask(`${served.url}/connexion`, {
      method: 'POST',
      headers: { ...form, 'content-length': String(body.length) },
      body,
    }).catch((error: { code: string }) => error)
    // The answer may come while the client still writes, which Node tells as a reset.
    if ('status' in announced)
      expect(announced).toMatchObject({ status: 413, text: expect.stringContaining('trop volumineux') })
    else expect(['EPIPE', 'ECONNRESET']).toContain(announced.code)
    const streamed = await fetch(`${served.url}/connexion`, {
      method: 'POST',
      headers: form,
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit).catch((error: Error) => error)
    if (streamed instanceof Response) expect(streamed.status).toBe(413)
    expect((await ask(`${served.url}/sante`)).status).toBe(200)
  })

  test('une adresse inconnue est une page 404 en français, dans le site comme dans le bureau', async () => {
    const { status, text } = await ask(`${served.url}/n-importe-quoi`)
    expect(status).toBe(404)
    expect(text).toContain('Cette page n’existe pas')
    expect(text).not.toMatch(/Not Found|Error:/)
  })

  test(
    'un second démarrage sur le même dossier le dit et s’arrête',
    async () => {
      const { code, err } = await refused({ env: { DATA_DIR: dataDir } })
      expect(code).toBe(1)
      expect(err).toMatch(/^Un autre Maillage utilise déjà le dossier .*\n$/)
    },
    timeout,
  )

  test(
    'SIGTERM arrête tout proprement en moins de dix secondes, et le démarrage suivant est bref',
    async () => {
      const asked = Date.now()
      expect(await served.stop()).toBe(0)
      expect(Date.now() - asked).toBeLessThan(10_000)
      const again = Date.now()
      served = await serve({ env: { DATA_DIR: dataDir } })
      // the three seconds promised are measured on a free machine by `npm run bench`; here other tests run beside
      expect(Date.now() - again).toBeLessThan(8_000)
    },
    timeout,
  )
})

describe('un démarrage impossible tient en une phrase', () => {
  test(
    'un port déjà pris',
    async () => {
      const taken = createServer()
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
      const { port } = taken.address() as { port: number }
      const { code, err } = await refused({
        env: { DATA_DIR: path.join(temporaryFolder(), 'data'), PORT: String(port) },
      })
      taken.close()
      expect(code).toBe(1)
      expect(err).toBe(
        `Le port ${port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port (PORT).\n`,
      )
    },
    timeout,
  )

  test(
    'un réglage illisible',
    async () => {
      const folder = temporaryFolder()
      const wrong = {
        BASE_URL: 'reseau.example.org',
        SMTP_URL: 'nimporte',
        DATABASE_URL: 'mysql://x',
        PORT: 'trois',
        BACKUP_KEEP: '-1',
        MAIL_FROM: 'a\nb',
      }
      for (const [name, value] of Object.entries(wrong)) {
        const { code, err } = await refused({ env: { DATA_DIR: folder, [name]: value } })
        expect(code).toBe(1)
        expect(err).toMatch(new RegExp(`^${name} [^\\n]+\\.\\n$`))
      }
    },
    timeout,
  )

  test.runIf(isRoot)(
    'un dossier où l’on ne peut pas écrire',
    async () => {
      const folder = temporaryFolder()
      chmodSync(folder, 0o555)
      const { code, err } = await refused({ env: { DATA_DIR: path.join(folder, 'data') }, as: ordinary })
      expect(code).toBe(1)
      expect(err).toMatch(/^Le compte qui lance Maillage ne peut pas écrire [^\n]+\.\n$/)
    },
    timeout,
  )
})

describe('deux processus sur une même base', () => {
  test(
    'démarrent ensemble, migrent une fois et partagent sessions et liens',
    async () => {
      const { connection, drop } = await freshDatabase()
      const env = { DATABASE_URL: urlOf(connection), DATA_DIR: temporaryFolder() }
      const both = await Promise.all([serve({ env }), serve({ env })])
      try {
        const links = both.map(({ setUp }) => setUp).filter((link) => link !== null)
        const opened = await Promise.all(links.map((link) => ask(both[0].url + link)))
        // The later link makes the former void: exactly one opens, on either process.
        expect(opened.filter(({ status }) => status === 200)).toHaveLength(1)
        for (const { url } of both) expect((await ask(`${url}/sante`)).status).toBe(200)
      } finally {
        await Promise.all(both.map(({ stop }) => stop()))
        await drop()
      }
    },
    timeout,
  )
})

test('les règles du linter refusent une flèche interdite', async () => {
  const { ESLint } = await import('eslint')
  const eslint = new ESLint({ cwd: root })
  const forbidden = [
    ['app/features/directory/essai.ts', "import '#app/features/activities/index.server.ts'"],
    ['app/features/activities/essai.ts', "import '#app/features/directory/schema.server.ts'"],
    ['app/features/directory/essai.ts', "import '../territory/schema.server.ts'"],
    ['app/platform/essai.ts', "import '#app/features/directory/index.server.ts'"],
    ['app/ui/essai.tsx', "import '../platform/database.server.ts'"],
    ['app/features/house/essai.ts', "import '#app/features/report/index.server.ts'"],
  ]
  for (const [file, code] of forbidden) {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file!) })
    expect(
      result?.messages.map(({ ruleId }) => ruleId),
      `${file}: ${code}`,
    ).toContain('no-restricted-imports')
  }
  const [allowed] = await eslint.lintText("import '#app/features/directory/index.server.ts'\n", {
    filePath: path.join(root, 'app/features/activities/essai.ts'),
  })
  expect(allowed?.messages).toEqual([])
})

test('rien ne nomme un registre ni une machine dans ce qui est publié', () => {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toContain('"resolved"')
})
