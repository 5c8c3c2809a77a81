import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import type { Centre } from '#app/platform/settings.server.ts'

const integer = (max: number, sentence: string) =>
  z
    .string({ error: sentence })
    .transform((text) => text.trim())
    .pipe(z.string().regex(/^\d{1,3}$/, sentence))
    .transform(Number)
    .pipe(z.number().max(max, sentence))

const HUE = 'Une teinte est un nombre entier de 0 à 360.'

/** What the form sends. */
export const centreForm = z
  .object({
    name: fields.line(120, 'Donnez un nom au centre.'),
    presentation: fields.optionalText(600),
    email: fields.optionalEmail(),
    address: fields.optionalText(300),
    dataController: fields.optionalText(300),
    hueBrand: integer(360, HUE),
    hueSecond: integer(360, HUE),
    departements: fields.list(z.string().regex(/^(\d{2,3}|2A|2B)$/, 'Ce choix n’existe pas.'), 101),
    reminderHours: integer(336, 'Donnez un nombre entier d’heures, 336 au plus (quatorze jours).'),
    /** « 42-205 »: the pair that the page proposed, taken by its button. */
    nearest: z
      .string()
      .regex(/^\d{1,3}-\d{1,3}$/, HUE)
      .optional(),
  })
  .transform(({ nearest, ...centre }): Centre => {
    const [hueBrand = centre.hueBrand, hueSecond = centre.hueSecond] = nearest?.split('-').map(Number) ?? []
    const { presentation, email, address, dataController } = centre
    const texts = {
      presentation: presentation ?? '',
      email: email ?? '',
      address: address ?? '',
      dataController: dataController ?? '',
    }
    return { ...centre, ...texts, hueBrand, hueSecond }
  })
