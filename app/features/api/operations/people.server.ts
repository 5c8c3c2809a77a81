import { z } from 'zod'
import {
  addPerson,
  listPeople,
  loadPerson,
  newPersonInput,
  personInput,
  type PersonRecord,
  updatePerson,
} from '#app/features/directory/index.server.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { ok } from '#app/platform/result.ts'
import { named, operation } from '../operation.ts'
import { conflict, missing, notAllowed, unreadable, wrongField } from '../problems.ts'
import * as shape from '../shapes.ts'

const text = z.string().nullable()

const personLine = z.object({
  id: shape.id,
  givenName: z.string(),
  familyName: z.string(),
  email: text,
  phone: text,
  departement: text,
  function: text,
  organisation: text,
  organisationId: text,
  profile: text,
})

const person = z.object({
  id: shape.id,
  givenName: z.string(),
  familyName: z.string(),
  email: text,
  phone: text,
  departementId: text,
  note: text,
  mergedIntoId: shape.id.nullable().describe('La fiche gardée, quand celle-ci y a été fusionnée.'),
  affiliations: z.array(
    z.object({
      organisationId: text,
      organisation: text,
      function: text,
      profileId: text,
      validFrom: shape.day.nullable(),
      validTo: shape.day.nullable(),
    }),
  ),
})

const listed = operation({
  id: 'listPeople',
  method: 'get',
  path: '/people',
  tag: 'Annuaire',
  summary: 'Les personnes, par nom',
  scope: 'directory:read',
  params: shape.noParams,
  query: z.strictObject(shape.pageQuery),
  body: null,
  answer: { status: 200, ...named('PersonList', shape.listOf(personLine)) },
  run: async (ctx, { query }) => {
    const found = await listPeople(ctx, shape.stateOf(query, { key: 'nom', direction: 'asc' }))
    if (!found.ok) return found.error.type === 'not-allowed' ? notAllowed() : missing('Cette page n’existe pas.')
    return ok(shape.pageOf(`${ctx.baseUrl}/api/v1/people`, query, found.value.total, found.value.rows))
  },
})

const shown = ({ person: facts, affiliations }: PersonRecord): z.input<typeof person> => ({ ...facts, affiliations })

const read = operation({
  id: 'readPerson',
  method: 'get',
  path: '/people/{id}',
  tag: 'Annuaire',
  summary: 'Une personne',
  scope: 'directory:read',
  params: shape.oneParam,
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Person', person) },
  run: async (ctx, { params }) => {
    const found = await loadPerson(ctx, params.id)
    return found ? ok(shown(found)) : missing('Aucune personne ne porte ce numéro.')
  },
})

const facts = {
  givenName: shape.line(100).optional(),
  familyName: shape.line(100).optional(),
  email: shape.line(254).optional(),
  phone: shape.line(40).optional(),
  departementId: shape.code.optional(),
  note: shape.line(5000).optional(),
}

const created = operation({
  id: 'createPerson',
  method: 'post',
  path: '/people',
  tag: 'Annuaire',
  summary: 'Ajouter une personne ; une fiche qui lui ressemble est signalée d’abord',
  scope: 'directory:write',
  params: shape.noParams,
  query: shape.noQuery,
  body: named(
    'NewPerson',
    z.strictObject({
      ...facts,
      familyName: shape.line(100).min(1),
      organisationId: shape.id.optional(),
      organisationName: shape.line().optional(),
      function: shape.line(150).optional(),
      profileId: shape.code.optional(),
      validFrom: shape.day.optional(),
      confirmed: z.boolean().default(false).describe('Ajouter malgré une fiche qui ressemble.'),
    }),
  ),
  answer: { status: 201, ...named('Made', shape.madeShape) },
  run: async (ctx, { body: { confirmed, ...said } }) => {
    const form = newPersonInput.safeParse({ ...said, ...(confirmed ? { confirmed: 'oui' } : {}) })
    if (!form.success) return unreadable(errorsOf(form.error))
    const made = await addPerson(ctx, form.data)
    if (made.ok) return ok({ id: made.value.id })
    switch (made.error.type) {
      case 'not-allowed':
        return notAllowed()
      case 'like-others':
        return conflict('Des fiches ressemblent à celle-ci : envoyez `confirmed` pour l’ajouter quand même.', {
          candidates: made.error.twins.map(({ id, label }) => ({ id, label })),
        })
      case 'unknown-reference':
        return wrongField(made.error.field, 'Ce choix n’existe pas.')
      default:
        return made.error satisfies never
    }
  },
})

const updated = operation({
  id: 'updatePerson',
  method: 'patch',
  path: '/people/{id}',
  tag: 'Annuaire',
  summary: 'Corriger une personne : ce qui n’est pas dit reste',
  scope: 'directory:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: named('PersonChanges', z.strictObject(facts)),
  answer: { status: 200, ...named('Person', person) },
  run: async (ctx, { params, body }) => {
    const before = await loadPerson(ctx, params.id)
    if (!before) return missing('Aucune personne ne porte ce numéro.')
    const { givenName, familyName, email, phone, departementId, note } = before.person
    const known = Object.entries({ givenName, familyName, email, phone, departementId, note })
    const form = personInput.safeParse({
      ...Object.fromEntries(known.map(([name, value]) => [name, value ?? ''])),
      ...body,
    })
    if (!form.success) return unreadable(errorsOf(form.error))
    const done = await updatePerson(ctx, params.id, form.data)
    if (!done.ok) {
      switch (done.error.type) {
        case 'not-allowed':
          return notAllowed()
        case 'not-found':
          return missing('Aucune personne ne porte ce numéro.')
        case 'merged':
          return conflict('Cette fiche a été fusionnée dans une autre.', {
            candidates: [{ id: done.error.keptId, label: 'La fiche gardée' }],
          })
        case 'unknown-reference':
          return wrongField(done.error.field, 'Ce choix n’existe pas.')
        default:
          return done.error satisfies never
      }
    }
    return ok(shown((await loadPerson(ctx, params.id))!))
  },
})

export const peopleOperations = [listed, read, created, updated]
