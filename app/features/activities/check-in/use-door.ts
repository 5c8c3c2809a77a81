import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type DoorState, emptyDoor, type Queued, shownCounts, shownRows } from './device-state.ts'
import { DoorDevice } from './device.ts'
import type { Gesture, Outcome } from './door.ts'
import { forgetPage, keepPage } from './keep-page.ts'
import { signal } from './signal.ts'
import { openDoorStorage } from './storage.ts'
import { decide, decideCode, type Decision, type Said, saidOf, welcome, welcomeNew } from './words.ts'

/** What one types of somebody who had not registered. */
export interface NewPerson {
  givenName: string
  familyName: string
  email?: string
  organisation?: string
  personId?: string
}

const nothing = () => () => {}

/** The device of this page: its list, its queue, and what one does with them. */
export function useDoor(source: string, wipeAt: Date) {
  const [device, setDevice] = useState<DoorDevice | null>(null)
  const [keeps, setKeeps] = useState({ durable: true, page: false })
  const [said, setSaid] = useState<Said | null>(null)
  const [sound, setSound] = useState(true)
  const state = useSyncExternalStore(
    device?.subscribe ?? nothing,
    device?.snapshot ?? (() => emptyDoor),
    () => emptyDoor,
  )
  const say = useSay(sound, setSaid)
  useDevice({ source, wipeAt: wipeAt.getTime(), say, onReady: setDevice, onKeeps: setKeeps })
  const shown = useMemo(() => ({ rows: shownRows(state), counts: shownCounts(state) }), [state])
  const { rows } = shown

  const follow = async (decision: Decision, code?: string) => {
    if (!device) return
    if (decision.do === 'nothing') return say(decision.said)
    if (decision.do === 'ask') {
      say(decision.said)
      return void device.act({ kind: 'enter', code })
    }
    const key = await device.act(code ? { kind: 'enter', code } : { kind: 'enter', id: decision.row.id })
    say(welcome(decision.row, key))
  }

  return {
    state,
    ...shown,
    keeps,
    said,
    sound,
    setSound,
    unsay: () => setSaid(null),
    touch: (id: string) => {
      const row = rows.find((one) => one.id === id)
      if (row) void follow(decide(row))
    },
    scan: (code: string) => void follow(decideCode(rows, code.trim()), code.trim()),
    admit: async (id: string) => {
      const row = rows.find((one) => one.id === id)
      const key = await device?.act({ kind: 'enter', id, admit: true })
      if (row && key) say(welcome(row, key))
    },
    takeBack: async (target: { id?: string; key?: string }) => {
      setSaid(null)
      await device?.takeBack(target)
    },
    addPerson: async (person: NewPerson) => {
      const key = await device?.act({ kind: 'walk-in', ...person })
      if (key) say(welcomeNew(person, key))
    },
    settle: (queued: Queued, how: Settling) => void settle(device, queued, how),
    tryAgain: () => void device?.turn(),
    handBack: async () => {
      device?.stop()
      await device?.wipe(true)
      await forgetPage()
    },
  }
}

export type Door = ReturnType<typeof useDoor>
export type Settling = 'read' | 'admit' | 'same' | 'another'

/** Somebody has decided what the server left open. */
async function settle(device: DoorDevice | null, { gesture, outcome }: Queued, how: Settling) {
  await device?.forget([gesture.key])
  if (how === 'read') return
  if (how === 'another' && gesture.kind === 'walk-in') {
    const { key: _key, ...person } = gesture
    await device?.act({ ...person, another: true })
  } else if (outcome?.id) {
    await device?.act({ kind: 'enter', id: outcome.id, ...(how === 'admit' && { admit: true }) })
  }
}

/** Written, heard and felt. */
function useSay(sound: boolean, setSaid: (said: Said | null) => void) {
  const heard = useRef(sound)
  useEffect(() => {
    heard.current = sound
  }, [sound])
  return useCallback(
    (said: Said) => {
      setSaid(said)
      signal(said.tone, heard.current)
    },
    [setSaid],
  )
}

interface DeviceNeeds {
  source: string
  wipeAt: number
  say: (said: Said) => void
  onReady: (device: DoorDevice) => void
  onKeeps: (keeps: { durable: boolean; page: boolean }) => void
}

function useDevice({ source, wipeAt, say, onReady, onKeeps }: DeviceNeeds) {
  useEffect(() => {
    let device: DoorDevice | undefined
    let left = false
    const again = () => void device?.turn()
    const open = async () => {
      const storage = await openDoorStorage(location.pathname, Date.now)
      if (left) return
      device = new DoorDevice({
        source,
        storage,
        wipeAt,
        now: Date.now,
        newKey,
        visible: () => document.visibilityState === 'visible',
        onOutcome: (gesture, outcome, alone) => {
          const said = alone ? tellOf(device!.snapshot(), gesture, outcome) : null
          if (!said) return
          say(said)
          void device!.forget([gesture.key])
        },
      })
      onReady(device)
      await device.start()
      onKeeps({ durable: storage.durable, page: storage.durable && (await keepPage()) })
    }
    void open()
    window.addEventListener('online', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      left = true
      device?.stop()
      window.removeEventListener('online', again)
      document.removeEventListener('visibilitychange', again)
    }
  }, [source, wipeAt, say, onReady, onKeeps])
}

/** Aloud when one still looks, and this device had not said it already: the answers to an old queue are on the list « À régler ». */
function tellOf(state: DoorState, gesture: Gesture, outcome: Outcome): Said | null {
  const row = state.list?.rows.find(({ id }) => id === outcome.id)
  const wasAsked = gesture.kind === 'enter' && gesture.code !== undefined && !row
  return outcome.outcome === 'entered' && !wasAsked ? null : saidOf(gesture, outcome, row)
}

/** A uuid, also where the page is not served over https. */
function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
