import { setTimeout as wait } from 'node:timers/promises'
import type { StartupError } from './startup-error.ts'

const EVERY = 500
const RESTARTS_PER_MINUTE = 5

export type Watched = { alive(): boolean; restart(): Promise<void>; onLost?: (reason: unknown) => void }
export type Watch = { end(): Promise<void> }

/** Starts the server again when it dies under us; gives up, and says so, when it keeps dying. */
export function watchServer({ alive, restart, onLost = () => {} }: Watched): Watch {
  const stopped = new AbortController()
  const work = (async () => {
    let recent: number[] = []
    while (await pause(stopped.signal)) {
      if (alive()) continue
      recent = [...recent.filter((at) => Date.now() - at < 60_000), Date.now()]
      if (recent.length > RESTARTS_PER_MINUTE) return onLost(null)
      try {
        await restart()
      } catch (error) {
        return onLost(error as StartupError)
      }
    }
  })()
  return {
    end: () => {
      stopped.abort()
      return work
    },
  }
}

async function pause(signal: AbortSignal): Promise<boolean> {
  try {
    await wait(EVERY, undefined, { signal, ref: false })
    return true
  } catch {
    return false
  }
}
