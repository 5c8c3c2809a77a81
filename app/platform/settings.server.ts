import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from './database.server.ts'
import { settings } from './schema.server.ts'

/** What the centre says of itself. Every entry has a default: a new house works at once. */
export const centreSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Donnez un nom au centre.')
    .max(120, 'Ce nom est trop long (120 caractères au plus).')
    .default('Maillage'),
  /** One or two sentences on the home page. */
  presentation: z.string().trim().max(600, 'Ce texte est trop long (600 caractères au plus).').default(''),
  email: z.union([z.literal(''), z.email('Cette adresse électronique n’est pas valable.').max(254)]).default(''),
  address: z.string().trim().max(300, 'Cette adresse est trop longue.').default(''),
  /** Of whom one asks about personal data: the legal entity and how to reach it. */
  dataController: z.string().trim().max(300, 'Ce texte est trop long.').default(''),
  hueBrand: z.coerce.number().int().min(0).max(360).default(38),
  hueSecond: z.coerce.number().int().min(0).max(360).default(205),
  /** Codes of the départements of the perimeter: they come first in lists. */
  departements: z
    .array(z.string().regex(/^(\d{2,3}|2A|2B)$/))
    .max(101)
    .default([]),
  /** A reminder leaves this many hours before an activity; 0 = none. */
  reminderHours: z.coerce
    .number()
    .int('Donnez un nombre entier d’heures.')
    .min(0)
    .max(336, 'Quatorze jours au plus.')
    .default(48),
})

export type Centre = z.output<typeof centreSchema>

export const defaultCentre = (): Centre => centreSchema.parse({})

export async function readCentre(db: Database): Promise<Centre> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'centre'))
  const known = centreSchema.safeParse(row?.value ?? {})
  return known.success ? known.data : defaultCentre()
}

export async function writeSetting(tx: Database, key: string, value: unknown, now: Date): Promise<void> {
  await tx
    .insert(settings)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value`, updatedAt: now } })
}

/** The key of signed links: made once, kept with the data, so that links survive a restart, a backup and two processes. */
export async function readOrMakeSecret(db: Database, make: () => string): Promise<string> {
  await db.insert(settings).values({ key: 'secret', value: make() }).onConflictDoNothing()
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'secret'))
  return row!.value as string
}
