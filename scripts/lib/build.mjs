import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runTool } from './node24.mjs'
import { root, Stop, say } from './project.mjs'

const stampFile = path.join(root, 'build', '.maillage-built')
const sources = ['app', 'server', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'react-router.config.ts']

export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources()
}

/** Builds the pages when a source changed since the last build. */
export async function ensureBuilt() {
  if (isBuilt()) return
  const hash = hashOfSources()
  say('Construction des pages (une demi-minute environ)…')
  const env = { ...process.env, NODE_ENV: 'production' }
  const { code, output } = await runTool('@react-router/dev/bin.cjs', ['build'], { env, quiet: true })
  if (code !== 0)
    throw new Stop(`La construction des pages a échoué :\n${output.trim().split('\n').slice(-30).join('\n')}`)
  writeFileSync(stampFile, hash)
  say('Pages construites.')
}

export function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesOf).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesOf(name) {
  const full = path.join(root, name)
  if (!existsSync(full)) return []
  if (path.extname(name)) return [name]
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
}
