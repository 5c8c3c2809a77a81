/**
 * Lists of lines in a form (« items.0.speakers.1.name »), as a tree: the same functions serve the browser and, without script,
 * the server, where « ajouter une ligne » is a POST that saves nothing.
 */
export interface Line {
  [field: string]: string | string[] | Line[] | undefined
}

const NAME = /^[A-Za-z]+(?:\.\d{1,3}\.[A-Za-z]+){0,2}$/
const MAX_LINES = 300

/** Flat names of a form into a tree; a name of another shape is left out. Gaps in the numbers close up. */
export function treeOf(values: Readonly<Record<string, string | string[]>>): Line {
  const root: Line = {}
  for (const [name, value] of Object.entries(values)) {
    if (!NAME.test(name)) continue
    const parts = name.split('.')
    let line = root
    for (let i = 0; i + 2 < parts.length; i += 2) line = lineAt(line, parts[i]!, Number(parts[i + 1]))
    line[parts.at(-1)!] = value
  }
  return closed(root)
}

function lineAt(parent: Line, list: string, index: number): Line {
  const lines = Array.isArray(parent[list]) ? (parent[list] as Line[]) : (parent[list] = [] as Line[])
  if (index >= MAX_LINES) return {}
  return (lines[index] ??= {})
}

const closed = (line: Line): Line =>
  Object.fromEntries(
    Object.entries(line).map(([field, value]) => [field, isLines(value) ? value.filter(Boolean).map(closed) : value]),
  )

export const isLines = (value: Line[string]): value is Line[] =>
  Array.isArray(value) && value.some((item) => typeof item === 'object')

export const linesOf = (line: Line, list: string): Line[] => {
  const value = line[list]
  return isLines(value) ? value : []
}

/** A single text of a line; a field sent several times gives its first. */
export const textOf = (line: Line, field: string): string => {
  const value = line[field]
  return typeof value === 'string' ? value : Array.isArray(value) && typeof value[0] === 'string' ? value[0] : ''
}

/** Leaves out the lines where none of the fields that matter was filled, and that hold no such line themselves. */
export function withoutBlanks(tree: Line, matters: Readonly<Record<string, readonly string[]>>): Line {
  return Object.fromEntries(
    Object.entries(tree).map(([field, value]) => {
      const wanted = Object.hasOwn(matters, field) ? matters[field] : undefined
      if (!wanted || !isLines(value)) return [field, value]
      const kept = value.map((line) => withoutBlanks(line, matters)).filter((line) => isFilled(line, wanted))
      return [field, kept]
    }),
  )
}

const isFilled = (line: Line, wanted: readonly string[]) =>
  wanted.some((field) => textOf(line, field).trim() !== '') ||
  Object.values(line).some((value) => isLines(value) && value.length > 0)

const INTENT = /^(add|up|down|remove):([A-Za-z]+(?:\.\d{1,3}\.[A-Za-z]+)?)(?:\.(\d{1,3}))?$/

export const isLineIntent = (intent: string): boolean => INTENT.test(intent)

/** « add:sessions », « up:items.2 », « remove:items.0.speakers.1 »: the tree as it then is. */
export function editLines(tree: Line, intent: string): Line {
  const [, verb, path = '', position] = INTENT.exec(intent) ?? []
  if (!verb) return tree
  const [outer = '', index, inner] = path.split('.')
  const edit = (lines: Line[]) => edited(lines, verb, Number(position ?? 0))
  if (inner === undefined) return { ...tree, [outer]: edit(linesOf(tree, outer)) }
  const lines = linesOf(tree, outer).map((line, i) =>
    i === Number(index) ? { ...line, [inner]: edit(linesOf(line, inner)) } : line,
  )
  return { ...tree, [outer]: lines }
}

export function edited<Item extends object>(
  lines: readonly Item[],
  verb: string,
  index: number,
  fresh = {} as Item,
): Item[] {
  if (verb === 'add') return [...lines, fresh]
  if (verb === 'remove') return lines.filter((_, i) => i !== index)
  const other = verb === 'up' ? index - 1 : index + 1
  const [one, two] = [lines[index], lines[other]]
  if (!one || !two) return [...lines]
  return lines.map((line, i) => (i === index ? two : i === other ? one : line))
}
