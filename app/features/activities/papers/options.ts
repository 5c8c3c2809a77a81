import { z } from 'zod'

const switchOn = z.enum(['oui', 'non'])

/** How one wants a sheet: read from its address, so that it can be kept and sent. */
export const sheetOptions = z.object({
  seance: z.uuid('Cette séance n’existe pas.').or(z.literal('')).default(''),
  lignes: z.coerce
    .number({ error: 'Donnez un nombre entier.' })
    .int('Donnez un nombre entier.')
    .min(0, '0 au moins.')
    .max(60, '60 au plus.')
    .default(6),
  grand: switchOn.default('non'),
  colonnes: z.enum(['auto', 'une', 'deux']).default('auto'),
  distance: switchOn.default('non'),
})
export type SheetOptions = z.output<typeof sheetOptions>

/** Cards by sheet of A4; measures in millimetres. */
export const badgeFormats = {
  '10': { label: '10 par feuille, 85 × 54 mm', width: 85, height: 54, rows: 5, gap: 10 },
  '8': { label: '8 par feuille, 90 × 55 mm', width: 90, height: 55, rows: 4, gap: 0 },
} as const

export const badgeOptions = z.object({
  format: z.enum(['10', '8']).default('10'),
  debut: z.coerce
    .number({ error: 'Donnez un nombre entier.' })
    .int('Donnez un nombre entier.')
    .min(1, '1 au moins.')
    .max(10, '10 au plus.')
    .default(1),
  reperes: switchOn.default('non'),
  vierges: z.coerce
    .number({ error: 'Donnez un nombre entier.' })
    .int('Donnez un nombre entier.')
    .min(0, '0 au moins.')
    .max(100, '100 au plus.')
    .default(0),
  code: switchOn.default('oui'),
  qui: z.enum(['tous', 'inscrits', 'intervenants']).default('tous'),
})
export type BadgeOptions = z.output<typeof badgeOptions>
