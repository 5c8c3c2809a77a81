import { z } from 'zod'
import { figures, yearPeriod } from '#app/features/activities/index.server.ts'
import { can } from '#app/platform/context.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { ok } from '#app/platform/result.ts'
import { termsOf } from '#app/platform/terms.server.ts'
import { named, operation } from '../operation.ts'
import { missing, notAllowed } from '../problems.ts'
import * as shape from '../shapes.ts'

const figure = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['count', 'estimate', 'ratio']),
  definition: z.string(),
  value: z.number(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
})

/** The catalogue over one year, each with its definition: the numbers of the report, by the same code. */
const year = operation({
  id: 'readFigures',
  method: 'get',
  path: '/figures/{year}',
  tag: 'Chiffres',
  summary: 'Les chiffres d’une année, avec leurs définitions',
  scope: 'figures:read',
  params: z.strictObject({ year: z.coerce.number().int().min(1990).max(2100) }),
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Figures', z.object({ year: z.number().int(), items: z.array(figure) })) },
  run: async (ctx, { params }) => {
    const items: z.input<typeof figure>[] = []
    for (const { id, label, kind, definition, perimeter, axes, compute } of figures) {
      const usual: FigureFilters =
        perimeter && axes.some(({ key }) => key === 'perimetre') ? { perimetre: [perimeter] } : {}
      const done = await compute(ctx, yearPeriod(params.year), usual)
      if (!done.ok) return notAllowed()
      const { value, parts } = done.value
      items.push({
        id,
        label,
        kind,
        definition,
        value,
        numerator: parts?.numerator ?? null,
        denominator: parts?.denominator ?? null,
      })
    }
    return ok({ year: params.year, items })
  },
})

const term = z.object({ id: z.string(), label: z.string(), parentId: z.string().nullable(), retired: z.boolean() })

const vocabulary = operation({
  id: 'readVocabulary',
  method: 'get',
  path: '/vocabularies/{name}',
  tag: 'Vocabulaires',
  summary: 'Les termes d’un vocabulaire : activite, anct, theme, profil, organisation',
  scope: 'activities:read',
  params: z.strictObject({ name: z.enum(['activite', 'anct', 'theme', 'profil', 'organisation']) }),
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Vocabulary', z.object({ items: z.array(term) })) },
  run: async (ctx, { params }) => {
    if (!can(ctx.actor, 'activities:read')) return notAllowed()
    const list = await termsOf(ctx.db, params.name)
    if (list.length === 0) return missing()
    return ok({
      items: list.map(({ id, label, parentId, retiredAt }) => ({ id, label, parentId, retired: retiredAt !== null })),
    })
  },
})

export const figureOperations = [year, vocabulary]
