import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

export interface Address {
  /** As the route table writes it: « /bureau/activites/:id ». */
  pattern: string
  /** A page with its shell; otherwise a bare answer: file, feed, JSON. */
  isPage: boolean
}

interface Manifest {
  routes: Record<string, { id: string; parentId?: string; path?: string }>
}

/** Every address of the built program, from the table the build gives to browsers. */
export function readAddresses(): Address[] {
  const { routes } = readManifest()
  const all = Object.values(routes)
  const whole = ({ parentId, path: end }: (typeof all)[number]): string =>
    [parentId && whole(routes[parentId]!), end].filter(Boolean).join('/')
  const leaves = all.filter(({ id }) => all.every(({ parentId }) => parentId !== id))
  return leaves.map((leaf) => ({ pattern: `/${whole(leaf)}`, isPage: leaf.parentId !== 'root' }))
}

function readManifest(): Manifest {
  const folder = path.join(root, 'build/client/assets')
  const file = readdirSync(folder).find((name) => /^manifest-.*\.js$/.test(name))
  const text = readFileSync(path.join(folder, file!), 'utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Manifest
}
