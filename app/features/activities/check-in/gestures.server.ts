import { z } from 'zod'
import { cleanText, fields } from '#app/platform/forms.server.ts'
import { type Gesture, MOST_AT_ONCE, type Outcome } from './door.ts'

const key = z.uuid().transform((id) => id.toLowerCase())
const cleaned = (value: unknown) => (typeof value === 'string' ? cleanText(value) : value)
const given = (text: string | null) => text ?? undefined

const gesture = z.discriminatedUnion('kind', [
  z.object({
    key,
    kind: z.literal('enter'),
    id: key.optional(),
    code: z.string().max(200).optional(),
    admit: z.boolean().optional(),
  }),
  z.object({ key, kind: z.literal('undo'), id: key.optional(), of: key.optional() }),
  z.object({
    key,
    kind: z.literal('walk-in'),
    givenName: z.preprocess(cleaned, fields.line(100)),
    familyName: z.preprocess(cleaned, fields.line(100)),
    email: z.preprocess(cleaned, fields.optionalEmail()).transform(given),
    organisation: z.preprocess(cleaned, fields.optionalLine(200)).transform(given),
    personId: key.optional(),
    another: z.boolean().optional(),
  }),
])

/** What a device sent: the gestures one can read, and an answer for the others, which must not hold up those behind them. */
export function readGestures(text: unknown): { gestures: Gesture[]; refused: Outcome[] } | null {
  const list = listOf(text)
  if (!list) return null
  const read = list.map((item) => ({ item, parsed: gesture.safeParse(item) }))
  return {
    gestures: read.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : [])),
    refused: read.flatMap(({ item, parsed }) => {
      const { data } = z.looseObject({ key }).safeParse(item)
      return parsed.success || !data ? [] : [{ key: data.key, outcome: 'unreadable' as const, id: null }]
    }),
  }
}

function listOf(text: unknown): unknown[] | null {
  try {
    const list: unknown = typeof text === 'string' ? JSON.parse(text) : null
    return Array.isArray(list) && list.length <= MOST_AT_ONCE ? list : null
  } catch {
    return null
  }
}
