import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** A reason to stop that the person in front of the screen can act on: one French sentence, printed without a stack. */
export class Stop extends Error {}

const started = Date.now()

export function say(sentence) {
  const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(3)
  process.stdout.write(`${seconds} s  ${sentence}\n`)
}

/** Runs a script's steps; a `Stop` ends it with its sentence. */
export async function run(steps) {
  try {
    await steps()
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

function explain(error) {
  if (error instanceof Stop) return error.message
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return 'Le disque est plein : libérez de la place, puis relancez.'
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return `Le compte qui lance Maillage ne peut pas écrire ${error.path ?? `dans ${root}`} : donnez-lui ce droit, puis relancez.`
  }
  return error.stack
}

/** A tool does not outlive the script that was told to stop. */
export function tie(child) {
  const end = (signal) => {
    child.kill(signal)
    process.exit(143)
  }
  process.once('SIGTERM', end)
  child.once('close', () => process.removeListener('SIGTERM', end))
  return child
}
