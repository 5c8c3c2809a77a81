import { z } from 'zod'
import {
  addOrganisation,
  type AddOrganisationError,
  listOrganisations,
  organisationFacts,
  organisationInput,
  updateOrganisation,
} from '#app/features/directory/index.server.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { ok } from '#app/platform/result.ts'
import { named, operation } from '../operation.ts'
import { conflict, missing, notAllowed, unreadable, wrongField } from '../problems.ts'
import * as shape from '../shapes.ts'

const text = z.string().nullable()

const organisationLine = z.object({
  id: shape.id,
  name: z.string(),
  acronym: text,
  kind: text,
  place: text,
  departement: text,
  siret: text,
  email: text,
  phone: text,
  website: text,
  people: z.number().int(),
})

const organisation = z.object({
  id: shape.id,
  name: z.string(),
  acronym: text,
  kindId: text,
  siret: text,
  email: text,
  phone: text,
  website: text,
  territoryId: text,
  departementId: text,
  note: text,
  mergedIntoId: shape.id.nullable(),
})

const facts = {
  name: shape.line().optional(),
  acronym: shape.line(40).optional(),
  kindId: shape.code.optional(),
  siret: shape.line(20).optional(),
  email: shape.line(254).optional(),
  phone: shape.line(40).optional(),
  website: shape.line(300).optional(),
  territoryId: shape.code.optional(),
  departementId: shape.code.optional(),
  note: shape.line(5000).optional(),
}

const noSuch = () => missing('Aucune organisation ne porte ce numéro.')

const listed = operation({
  id: 'listOrganisations',
  method: 'get',
  path: '/organisations',
  tag: 'Annuaire',
  summary: 'Les organisations, par nom',
  scope: 'directory:read',
  params: shape.noParams,
  query: z.strictObject(shape.pageQuery),
  body: null,
  answer: { status: 200, ...named('OrganisationList', shape.listOf(organisationLine)) },
  run: async (ctx, { query }) => {
    const found = await listOrganisations(ctx, shape.stateOf(query, { key: 'nom', direction: 'asc' }))
    if (!found.ok) return found.error.type === 'not-allowed' ? notAllowed() : missing('Cette page n’existe pas.')
    return ok(shape.pageOf(`${ctx.baseUrl}/api/v1/organisations`, query, found.value.total, found.value.rows))
  },
})

const read = operation({
  id: 'readOrganisation',
  method: 'get',
  path: '/organisations/{id}',
  tag: 'Annuaire',
  summary: 'Une organisation',
  scope: 'directory:read',
  params: shape.oneParam,
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Organisation', organisation) },
  run: async (ctx, { params }) => {
    const found = await organisationFacts(ctx, params.id)
    return found ? ok(found) : noSuch()
  },
})

function refusal(error: AddOrganisationError) {
  switch (error.type) {
    case 'not-allowed':
      return notAllowed()
    case 'like-others':
      return conflict('Des organisations ressemblent à celle-ci : envoyez `confirmed` pour l’ajouter quand même.', {
        candidates: error.twins.map(({ id, label }) => ({ id, label })),
      })
    case 'siret-taken':
      return conflict('Une autre organisation porte ce SIRET.', {
        candidates: [{ id: error.organisationId, label: error.name }],
      })
    case 'unknown-reference':
      return wrongField(error.field, 'Ce choix n’existe pas.')
    default:
      return error satisfies never
  }
}

const created = operation({
  id: 'createOrganisation',
  method: 'post',
  path: '/organisations',
  tag: 'Annuaire',
  summary: 'Ajouter une organisation ; une fiche qui lui ressemble est signalée d’abord',
  scope: 'directory:write',
  params: shape.noParams,
  query: shape.noQuery,
  body: named(
    'NewOrganisation',
    z.strictObject({
      ...facts,
      name: shape.line().min(1),
      confirmed: z.boolean().default(false).describe('Ajouter malgré une fiche qui ressemble.'),
    }),
  ),
  answer: { status: 201, ...named('Made', shape.madeShape) },
  run: async (ctx, { body: { confirmed, ...said } }) => {
    const form = organisationInput.safeParse({ ...said, ...(confirmed ? { confirmed: 'oui' } : {}) })
    if (!form.success) return unreadable(errorsOf(form.error))
    const made = await addOrganisation(ctx, form.data)
    return made.ok ? ok({ id: made.value.id }) : refusal(made.error)
  },
})

const updated = operation({
  id: 'updateOrganisation',
  method: 'patch',
  path: '/organisations/{id}',
  tag: 'Annuaire',
  summary: 'Corriger une organisation : ce qui n’est pas dit reste',
  scope: 'directory:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: named('OrganisationChanges', z.strictObject(facts)),
  answer: { status: 200, ...named('Organisation', organisation) },
  run: async (ctx, { params, body }) => {
    const before = await organisationFacts(ctx, params.id)
    if (!before) return noSuch()
    const known = Object.keys(facts).map((name) => [name, before[name] ?? ''])
    const form = organisationInput.safeParse({ ...Object.fromEntries(known), ...body })
    if (!form.success) return unreadable(errorsOf(form.error))
    const done = await updateOrganisation(ctx, params.id, form.data)
    if (!done.ok) return done.error.type === 'not-found' ? noSuch() : refusal(done.error)
    return ok((await organisationFacts(ctx, params.id))!)
  },
})

export const organisationOperations = [listed, read, created, updated]
