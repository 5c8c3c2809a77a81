/** Runs `work` one call at a time; what is asked meanwhile makes it run once more. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false
  const turns = async () => {
    do {
      again = false
      await work()
    } while (again)
  }
  return () => {
    again = true
    running ??= turns().finally(() => {
      running = null
    })
    return running
  }
}

export type Attempt = (work: () => Promise<void>) => Promise<void>

/** A database that is away is said once, not at every look, until it is back. */
export function sayingOnce(onError: (error: unknown) => void): Attempt {
  let away = false
  return async (work) => {
    try {
      await work()
      away = false
    } catch (error) {
      if (!away) onError(error)
      away = true
    }
  }
}

export interface LaneOptions<Job> {
  /** How many jobs run side by side. */
  slots: number
  /** How many more may be taken and wait here for a slot: small jobs that come by hundreds cost one query for many. */
  ahead?: number
  take: (count: number) => Promise<Job[]>
  /** Never throws. */
  run: (job: Job) => Promise<void>
  attempt: Attempt
}

export interface OpenLane<Job> {
  wake(): void
  running(): Job[]
  /** Takes nothing more; waits for what runs, this long at most. */
  stop(milliseconds: number): Promise<void>
}

/**
 * Takes jobs as slots come free, and some ahead; none while half of what it may hold is there. It looks when it is woken, and
 * while there was more than it could take.
 */
export function openLane<Job>({ slots, ahead = 0, take, run, attempt }: LaneOptions<Job>): OpenLane<Job> {
  const running = new Map<Job, Promise<void>>()
  const taken: Job[] = []
  const room = slots + ahead
  let stopped = false
  let more = false

  const held = () => running.size + taken.length
  const fillSlots = () => {
    while (!stopped && running.size < slots && taken.length > 0) start(taken.shift()!)
  }
  const start = (job: Job) => {
    const done = run(job).finally(() => {
      running.delete(job)
      fillSlots()
      if (more && held() <= room / 2) void look()
    })
    running.set(job, done)
  }
  const fill = async () => {
    more = true
    while (!stopped && more && held() < room) {
      const free = room - held()
      const jobs = await take(free)
      more = jobs.length === free
      taken.push(...jobs)
      fillSlots()
    }
  }
  const look = oneAtATime(() => attempt(fill))

  return {
    wake: () => void look(),
    running: () => [...running.keys(), ...taken],
    stop: async (milliseconds) => {
      stopped = true
      await within(milliseconds, look())
      await within(milliseconds, Promise.all(running.values()))
    },
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, end])
  clearTimeout(timer)
}
