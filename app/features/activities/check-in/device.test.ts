import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DoorDevice } from './device.ts'
import type { DoorList, DoorRow, Gesture, Outcome } from './door.ts'
import { type Queued, shownCounts, shownRows, waiting } from './device-state.ts'
import type { DoorStorage } from './storage.ts'

const row = (id: string, more: Partial<DoorRow> = {}): DoorRow => ({
  id,
  givenName: 'Marie',
  familyName: id,
  organisation: null,
  status: 'registered',
  mode: 'onsite',
  at: null,
  tag: 'x',
  ...more,
})

/** A server that does what is sent, once by key; the network may swallow the question or the answer. */
function makeServer(ids: readonly string[]) {
  const rows = new Map(ids.map((id) => [id, row(id)]))
  const done = new Map<string, Outcome>()
  const state = { cut: 'no' as 'no' | 'before' | 'after', status: 200, sent: [] as Gesture[][] }
  const list = (): DoorList => {
    const all = [...rows.values()]
    const present = all.filter(({ status }) => status === 'present').length
    const counts = { present, expected: all.length, waiting: 0, places: null, rows: all.length }
    return { cursor: '1', asOf: 0, counts, rows: all, whole: true }
  }
  const act = (gesture: Gesture): Outcome => {
    const known = done.get(gesture.key)
    if (known) return known
    const id = gesture.kind === 'walk-in' ? `venue-${gesture.key}` : gesture.id!
    if (gesture.kind === 'enter' && rows.get(id)?.status === 'present')
      return { key: gesture.key, outcome: 'already', id, at: 5 }
    rows.set(id, row(id, gesture.kind === 'undo' ? {} : { status: 'present', at: 9 }))
    const outcome = gesture.kind === 'walk-in' ? 'added' : gesture.kind === 'undo' ? 'undone' : 'entered'
    done.set(gesture.key, { key: gesture.key, outcome, id, at: 9 })
    return done.get(gesture.key)!
  }
  const answer = async (_address: string, options: RequestInit = {}) => {
    if (state.cut === 'before') throw new TypeError('network')
    if (state.status !== 200) return Response.json({ message: 'Accueil fermé.' }, { status: state.status })
    if (options.method !== 'POST') return Response.json(list())
    const gestures = JSON.parse((options.body as URLSearchParams).get('gestes')!) as Gesture[]
    state.sent.push(gestures)
    const outcomes = gestures.map(act)
    if (state.cut === 'after') throw new TypeError('network')
    return Response.json({ outcomes })
  }
  return { rows, state, answer }
}

function makeStorage() {
  const kept = { queue: new Map<string, Queued>(), list: null as DoorList | null }
  const storage: DoorStorage = {
    durable: true,
    load: async () => ({ list: kept.list, queue: [...kept.queue.values()] }),
    saveList: async (list) => void (kept.list = list),
    save: async (all) => all.forEach((one) => kept.queue.set(one.gesture.key, one)),
    remove: async (keys) => keys.forEach((key) => kept.queue.delete(key)),
    wipe: async () => void (kept.list = null),
  }
  return { kept, storage }
}

let now = 1_000
let keys = 0
beforeEach(() => {
  vi.useFakeTimers()
  now = 1_000
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(
  server: ReturnType<typeof makeServer>,
  { storage } = makeStorage(),
  onOutcome?: (...all: unknown[]) => void,
) {
  vi.stubGlobal('fetch', server.answer)
  const device = new DoorDevice({
    source: '/liste.json',
    storage,
    wipeAt: 1_000_000,
    now: () => now,
    newKey: () => `cle-${(keys += 1)}`,
    visible: () => true,
    onOutcome,
  })
  await device.start()
  return device
}

const settle = () => vi.advanceTimersByTimeAsync(20_000)
const statuses = (device: DoorDevice) =>
  Object.fromEntries(shownRows(device.snapshot()).map(({ id, status }) => [id, status]))

test('un geste se voit aussitôt, part, et ne reste pas sur l’appareil', async () => {
  const server = makeServer(['a', 'b'])
  const kept = makeStorage()
  const device = await open(server, kept)
  const acted = device.act({ kind: 'enter', id: 'a' })
  expect(statuses(device)).toEqual({ a: 'present', b: 'registered' })
  expect(shownCounts(device.snapshot())).toMatchObject({ present: 1, expected: 2 })
  await acted
  await settle()
  expect(server.rows.get('a')!.status).toBe('present')
  expect(kept.kept.queue.size).toBe(0)
  expect(shownCounts(device.snapshot())).toMatchObject({ present: 1, expected: 2 })
  device.stop()
})

test('réseau coupé, page fermée puis rouverte : les gestes sont là, partent une fois, dans l’ordre', async () => {
  const server = makeServer(['a', 'b'])
  const kept = makeStorage()
  const first = await open(server, kept)
  server.state.cut = 'before'
  await first.act({ kind: 'enter', id: 'b' })
  await first.act({ kind: 'walk-in', givenName: 'Noé', familyName: 'Rey' })
  await first.act({ kind: 'enter', id: 'a' })
  await settle()
  expect(first.snapshot()).toMatchObject({ offlineSince: 1_000, failures: expect.any(Number) })
  first.stop()

  const second = await open(server, kept)
  expect(waiting(second.snapshot().queue)).toHaveLength(3)
  expect(shownCounts(second.snapshot())).toMatchObject({ present: 3, expected: 3 })
  server.state.cut = 'no'
  await settle()
  expect(server.state.sent.at(-1)!.map(({ kind }) => kind)).toEqual(['enter', 'walk-in', 'enter'])
  expect(second.snapshot()).toMatchObject({ queue: [], offlineSince: null, failures: 0 })
  expect(server.rows.size).toBe(3)
  second.stop()
})

test('la réponse perdue, le geste repart sous la même clef : la personne est entrée une fois, personne n’est dit déjà là', async () => {
  const server = makeServer(['a'])
  const said: unknown[] = []
  const device = await open(server, makeStorage(), (_gesture, outcome) => said.push((outcome as Outcome).outcome))
  server.state.cut = 'after'
  await device.act({ kind: 'enter', id: 'a' })
  await device.act({ kind: 'walk-in', givenName: 'Noé', familyName: 'Rey' })
  await settle()
  server.state.cut = 'no'
  await settle()
  expect(said).toEqual(['entered', 'added'])
  expect([...server.rows.values()].filter(({ status }) => status === 'present')).toHaveLength(2)
  device.stop()
})

test('annulé avant d’être parti, un geste ne part jamais ; peut-être arrivé, il est défait', async () => {
  const server = makeServer(['a', 'b'])
  const device = await open(server)
  // a reading is under way: the gesture waits for it to end
  const { promise, resolve } = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', () => promise)
  const reading = device.turn()
  await vi.advanceTimersByTimeAsync(0)
  const key = await device.act({ kind: 'enter', id: 'a' })
  await device.takeBack({ id: 'a', key })
  expect(device.snapshot().queue).toEqual([])
  device.stop()
  resolve(Response.json({}, { status: 500 }))
  await reading

  const other = await open(server)
  server.state.cut = 'after'
  const sent = await other.act({ kind: 'enter', id: 'b' })
  await settle()
  await other.takeBack({ id: 'b', key: sent })
  expect(statuses(other).b).toBe('registered')
  server.state.cut = 'no'
  await settle()
  expect(server.rows.get('b')!.status).toBe('registered')
  expect(other.snapshot().queue).toEqual([])
  other.stop()
})

test('entrée ailleurs : le second appareil garde la réponse jusqu’à ce qu’elle soit lue', async () => {
  const server = makeServer(['a'])
  const kept = makeStorage()
  const device = await open(server, kept)
  server.rows.set('a', row('a', { status: 'present', at: 5 }))
  await device.act({ kind: 'enter', id: 'a' })
  await settle()
  expect(device.snapshot().queue).toMatchObject([{ outcome: { outcome: 'already', at: 5 } }])
  expect([...kept.kept.queue.values()]).toHaveLength(1)
  await device.forget(device.snapshot().queue.map(({ gesture }) => gesture.key))
  expect(kept.kept.queue.size).toBe(0)
  device.stop()
})

test('une porte fermée efface la liste de l’appareil et ne demande plus rien ; une session finie garde tout', async () => {
  const server = makeServer(['a'])
  const kept = makeStorage()
  const device = await open(server, kept)
  expect(kept.kept.list).not.toBeNull()
  server.state.status = 401
  await device.act({ kind: 'enter', id: 'a' })
  await settle()
  expect(device.snapshot()).toMatchObject({ closed: null, trouble: 'Accueil fermé.', offlineSince: null })
  expect(waiting(device.snapshot().queue)).toHaveLength(1)
  server.state.status = 410
  await settle()
  expect(device.snapshot()).toMatchObject({ closed: 'Accueil fermé.', list: null })
  expect(kept.kept.list).toBeNull()
  expect(kept.kept.queue.size).toBe(1)
})

test('à minuit, la liste gardée sur l’appareil est effacée, puis relue si l’appareil peut encore la lire', async () => {
  const server = makeServer(['a'])
  const kept = makeStorage()
  const device = await open(server, kept)
  now = 1_000_001
  server.state.cut = 'before'
  await settle()
  expect(kept.kept.list).toBeNull()
  expect(device.snapshot().list).toBeNull()
  device.stop()
})
