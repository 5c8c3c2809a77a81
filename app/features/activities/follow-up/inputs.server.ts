import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'

/** What is written to those who came, or did not. */
export const followUpInput = z.object({
  subject: fields.line(200, 'Donnez un objet à ce message.'),
  body: z
    .string()
    .default('')
    .transform((text) => text.trim())
    .pipe(
      z.string().min(1, 'Écrivez le message.').max(10_000, 'Ce message est trop long (10 000 caractères au plus).'),
    ),
  documentIds: fields.list(z.uuid('Ce document n’existe pas.'), 100),
  documentMonths: fields.optionalInteger(1, 24).transform((months) => months ?? 6),
})

export const sendInput = z.object({
  followUpId: z.uuid('Ce message n’existe pas.'),
  count: z.coerce.number().int().min(0).max(100_000),
  version: z.string().max(40),
})
