import { ask, post, Refused, retryDelay, troubleOf, CUT } from '../attendance/sending.ts'
import type { DoorList, Gesture, Outcome } from './door.ts'
import {
  type DoorEvent,
  type DoorState,
  emptyDoor,
  isIncomplete,
  nextToSend,
  type Queued,
  reduceDoor,
  waiting,
} from './device-state.ts'
import type { DoorStorage } from './storage.ts'

/** How often a device asks what others did; and how often it reads the whole list again (names may change). */
const EVERY = 3_000
const WHOLE_EVERY = 300_000
/** People wait at the door: a network that comes back is soon noticed. */
const LONGEST_PAUSE = 5_000
/** A network that neither answers nor fails is a cut. */
const PATIENCE = 10_000
/** No such door (any more), an activity cancelled, a link taken back. */
const FINAL = [404, 409, 410]

export interface DeviceOptions {
  /** Where the list is read and the gestures are sent. */
  source: string
  storage: DoorStorage
  /** When the list kept on the device is wiped. */
  wipeAt: number
  now: () => number
  newKey: () => string
  /** Someone looks at the screen: a phone in a pocket asks for nothing. */
  visible: () => boolean
  /** What became of a gesture; `alone`: it was the only one to leave, whoever made it is still looking. */
  onOutcome?: (gesture: Gesture, outcome: Outcome, alone: boolean) => void
}

type NewGesture = Gesture extends infer One ? (One extends { key: string } ? Omit<One, 'key'> : never) : never

/** One device at a door: keeps what is done on it, sends it when it can, listens to what the others do. */
export class DoorDevice {
  #state: DoorState = emptyDoor
  #options: DeviceOptions
  #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #busy = false
  /** Asked for while another turn was under way. */
  #wanted = false
  #stopped = false
  #wholeAt = 0

  constructor(options: DeviceOptions) {
    this.#options = options
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): DoorState => this.#state

  async start(): Promise<void> {
    const { list, queue } = await this.#options.storage.load()
    this.#dispatch({ type: 'remembered', list, queue })
    await this.turn()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /** Kept on the device before anything else; then it leaves. Answers its key. */
  async act(made: NewGesture): Promise<string> {
    const gesture = { ...made, key: this.#options.newKey() } as Gesture
    const { queue } = this.#state
    // the clock of the device orders its own gestures, and is believed for nothing else
    const order = Math.max(this.#options.now(), ...queue.map((one) => one.order + 1))
    const queued: Queued = { gesture, order }
    this.#dispatch({ type: 'queued', queued })
    await this.#options.storage.save([queued])
    // while the network is cut the next try is already set: a hundred gestures are not a hundred failures
    if (this.#state.failures === 0) void this.turn()
    return gesture.key
  }

  /** Takes back a gesture: what has not left never leaves, what has is undone. */
  async takeBack(target: { id?: string; key?: string }): Promise<void> {
    const queued = waiting(this.#state.queue).find(({ gesture }) => gesture.key === target.key)
    if (queued && !queued.tried) return this.forget([queued.gesture.key])
    const of = target.key && !target.id ? { of: target.key } : {}
    await this.act({ kind: 'undo', ...(target.id ? { id: target.id } : {}), ...of })
  }

  /** Settled, or read: it leaves the device. */
  async forget(keys: readonly string[]): Promise<void> {
    this.#dispatch({ type: 'dropped', keys })
    await this.#options.storage.remove(keys)
  }

  /** Forgets everybody; the gestures that have not left too, if asked. */
  async wipe(everything: boolean): Promise<void> {
    await this.#options.storage.wipe(everything)
    this.#dispatch({ type: 'wiped' })
  }

  /** Sends what waits, else asks what has changed; then again in a while. One turn at a time. */
  turn = async (): Promise<void> => {
    if (this.#stopped || this.#state.closed) return
    this.#wanted = this.#busy
    if (this.#busy) return
    this.#busy = true
    clearTimeout(this.#timer)
    try {
      await this.#forgetAtMidnight()
      await this.#send()
      if (this.#options.visible() || !this.#state.list) await this.#read()
    } catch (error) {
      await this.#failed(error)
    } finally {
      this.#busy = false
      this.#again()
    }
  }

  #again() {
    const { failures, closed, queue } = this.#state
    if (this.#stopped || closed) return
    const ready = this.#wanted || (failures === 0 && waiting(queue).length > 0)
    const pause = failures > 0 ? Math.min(retryDelay(failures), LONGEST_PAUSE) : EVERY
    this.#timer = setTimeout(() => void this.turn(), ready ? 0 : pause)
  }

  async #send() {
    const gestures = nextToSend(this.#state)
    if (gestures.length === 0) return
    this.#dispatch({ type: 'sending', keys: gestures.map(({ key }) => key) })
    const fields = { gestes: JSON.stringify(gestures) }
    const { outcomes } = await post<{ outcomes: Outcome[] }>(this.#options.source, fields, this.#patience())
    this.#dispatch({ type: 'answered', outcomes })
    await this.#keepAnswers(gestures, outcomes)
  }

  async #keepAnswers(gestures: readonly Gesture[], outcomes: readonly Outcome[]) {
    const { storage, onOutcome } = this.#options
    for (const outcome of outcomes) {
      const gesture = gestures.find(({ key }) => key === outcome.key)
      if (gesture) onOutcome?.(gesture, outcome, gestures.length === 1)
    }
    const left = this.#state.queue.filter(
      ({ outcome, gesture }) => outcome && gestures.some(({ key }) => key === gesture.key),
    )
    const stays = new Set(left.map(({ gesture }) => gesture.key))
    await storage.remove(gestures.map(({ key }) => key).filter((key) => !stays.has(key)))
    await storage.save(left)
  }

  async #read() {
    const { source, storage, wipeAt, now } = this.#options
    const { list } = this.#state
    const whole = !list || isIncomplete(this.#state) || now() - this.#wholeAt > WHOLE_EVERY
    const address = whole ? source : `${source}?depuis=${encodeURIComponent(list.cursor)}`
    const read = await ask<DoorList>(address, this.#patience())
    if (read.whole) this.#wholeAt = now()
    this.#dispatch({ type: 'read', list: read })
    if (read.rows.length > 0 || whole) await storage.saveList(this.#state.list!, Math.max(wipeAt, now() + 1))
    if (!whole && isIncomplete(this.#state)) await this.#read()
  }

  #patience = (): RequestInit => ({ signal: AbortSignal.timeout(PATIENCE), cache: 'no-store' })

  async #failed(error: unknown) {
    if (error instanceof Refused && FINAL.includes(error.status)) {
      await this.#options.storage.wipe(false)
      return this.#dispatch({ type: 'closed', message: error.message })
    }
    const message = troubleOf(error)
    this.#dispatch({ type: 'cut', at: this.#options.now(), message, offline: message === CUT })
  }

  /** The list of the day does not see the next one: it is read again, if the device may still read it. */
  async #forgetAtMidnight() {
    const { wipeAt, now } = this.#options
    if (this.#state.list && now() >= wipeAt && this.#wholeAt < wipeAt) await this.wipe(false)
  }

  #dispatch(event: DoorEvent) {
    this.#state = reduceDoor(this.#state, event)
    for (const listener of this.#listeners) listener()
  }
}
