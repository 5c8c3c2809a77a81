/** What leaves from a list that one ticks, and what to make of a network that fails. */

export const CUT = 'Le réseau ne répond pas.'

/** The server has read it and will not have it: sending it again would change nothing. */
export class Refused extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** The session may come back in another tab, the server may recover: what was sent is not lost. */
const mayPass = (status: number) => status === 401 || status === 429 || status >= 500

/** Asks, and reads the answer; `Refused` for what is final, another error for what may pass. */
export async function ask<Answer>(address: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(address, options)
  if (response.ok) return (await response.json()) as Answer
  const message = await response.json().then(
    (body: { message?: string }) => body.message ?? CUT,
    () => CUT,
  )
  if (mayPass(response.status)) throw new Error(message)
  throw new Refused(message, response.status)
}

export const post = <Answer>(address: string, fields: Record<string, string>, options: RequestInit = {}) =>
  ask<Answer>(address, { method: 'POST', body: new URLSearchParams(fields), ...options })

/** Words for a try that failed: a network error has only English ones. */
export const troubleOf = (error: unknown): string =>
  error instanceof TypeError || error instanceof DOMException ? CUT : (error as Error).message

/** 1 s, 2 s, 4 s… 15 s at most. */
export const retryDelay = (failures: number): number => Math.min(15_000, 1000 * 2 ** (failures - 1))
