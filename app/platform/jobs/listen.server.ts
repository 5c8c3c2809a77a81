import pg from 'pg'
import type { Attempt } from './lane.server.ts'

const FIRST_WAIT = 200
const LONGEST_WAIT = 10_000

/** Hears a channel on a connection of its own, opened again whenever it is lost; each opening wakes, for what was missed. */
export function listen(
  connection: pg.ClientConfig,
  channel: string,
  onWake: () => void,
  attempt: Attempt,
): { stop(): Promise<void> } {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT
  let stopped = false

  const open = async () => {
    const next = new pg.Client({ ...connection, keepAlive: true })
    client = next
    let lost = false
    const again = () => {
      if (lost || stopped) return
      lost = true
      next.end().catch(() => {})
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
    next.on('error', again)
    next.on('end', again)
    next.on('notification', onWake)
    await attempt(async () => {
      try {
        await next.connect()
        await next.query(`listen ${channel}`)
        wait = FIRST_WAIT
        onWake()
      } catch (error) {
        again()
        if (!stopped) throw error
      }
    })
  }

  void open()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
