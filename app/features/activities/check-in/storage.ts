import type { DoorList } from './door.ts'
import type { Queued } from './device-state.ts'

/** What a device keeps through a reload or a closed tab. */
export interface DoorStorage {
  /** false: this browser keeps nothing, what is not sent lives as long as the page. */
  readonly durable: boolean
  load(): Promise<{ list: DoorList | null; queue: Queued[] }>
  /** Kept until `until`, on the clock of the device: the day of the door. */
  saveList(list: DoorList, until: number): Promise<void>
  save(queued: readonly Queued[]): Promise<void>
  remove(keys: readonly string[]): Promise<void>
  /** Forgets the list; the gestures too when `everything`. */
  wipe(everything: boolean): Promise<void>
}

interface KeptList {
  id: 'list'
  list: DoorList
  until: number
}

/** Gestures nobody could send are people who came: they outlive the day, a week at most. */
const LONGEST = 7 * 86_400_000

const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
  })

function openStore(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('list', { keyPath: 'id' })
    request.result.createObjectStore('gestures', { keyPath: 'gesture.key' })
  }
  return asked(request)
}

/** One database by door: another activity, or another helper of the same tablet, finds nothing here. */
export async function openDoorStorage(door: string, now: () => number): Promise<DoorStorage> {
  try {
    return indexedDoor(await openStore(`accueil ${door}`), now)
  } catch {
    return memoryDoor()
  }
}

function indexedDoor(database: IDBDatabase, now: () => number): DoorStorage {
  const write = (store: 'list' | 'gestures', work: (store: IDBObjectStore) => void) => {
    const transaction = database.transaction(store, 'readwrite')
    work(transaction.objectStore(store))
    return ended(transaction)
  }
  const read = <Value>(store: 'list' | 'gestures') =>
    asked(database.transaction(store).objectStore(store).getAll() as IDBRequest<Value[]>)
  const wipe = async (everything: boolean) => {
    await write('list', (store) => store.clear())
    if (everything) await write('gestures', (store) => store.clear())
  }
  return {
    durable: true,
    wipe,
    async load() {
      const [kept] = await read<KeptList>('list')
      const queue = await read<Queued>('gestures')
      if (kept && kept.until <= now()) await wipe(false)
      const young = queue.filter(({ order }) => order > now() - LONGEST)
      return {
        list: kept && kept.until > now() ? kept.list : null,
        queue: young.sort((a, b) => a.order - b.order),
      }
    },
    saveList: (list, until) => write('list', (store) => void store.put({ id: 'list', list, until } satisfies KeptList)),
    save: (queued) => write('gestures', (store) => queued.forEach((one) => store.put(one))),
    remove: (keys) => write('gestures', (store) => keys.forEach((key) => store.delete(key))),
  }
}

/** A private window may refuse to keep anything. */
export const memoryDoor = (): DoorStorage => ({
  durable: false,
  load: async () => ({ list: null, queue: [] }),
  saveList: async () => {},
  save: async () => {},
  remove: async () => {},
  wipe: async () => {},
})
