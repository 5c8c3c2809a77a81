import { z } from 'zod'
import type { Named, Operation } from './operation.ts'
import { operations } from './operations/all.server.ts'
import { scopes } from './scopes.ts'

const problemShape = z.object({
  status: z.number().int(),
  title: z.string(),
  fields: z.record(z.string(), z.array(z.string())).optional(),
  candidates: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
})

type Json = Record<string, unknown>

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12: made from what checks the requests, so that it cannot say otherwise. */
export function describeApi(baseUrl: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Maillage',
      version: '1',
      description:
        'Lire et écrire ce que le centre enregistre. Chaque demande porte une clé (`Authorization: Bearer mlg_…`) faite au bureau, avec ses droits. Une demande qui change quelque chose peut porter `Idempotency-Key` : renvoyée, elle n’est faite qu’une fois.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ key: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: components(),
    },
  }
}

function paths(): Json {
  const all: Record<string, Json> = {}
  for (const operation of operations) (all[operation.path] ??= {})[operation.method] = describe(operation)
  return all
}

function describe(operation: Operation): Json {
  const { id, tag, summary, scope, body, answer, method } = operation
  const refusal = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: ref('Problem') } },
  })
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `Droit demandé : \`${scope}\` (${scopes[scope].label.toLowerCase()}).`,
    parameters: [...inPath(operation), ...inQuery(operation), ...(method === 'get' ? [] : [idempotency])],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: ref(body.name) } } } }),
    responses: {
      [answer.status]: { description: 'Fait.', content: { 'application/json': { schema: ref(answer.name) } } },
      401: refusal('Sans clé valable.'),
      403: refusal('La clé n’a pas ce droit.'),
      404: refusal('Rien à cette adresse, ou rien que cette clé puisse voir.'),
      ...(method === 'get' ? { 400: refusal('Une question illisible.') } : {}),
      ...(method === 'get'
        ? {}
        : { 409: refusal('Ce qui est là s’y oppose.'), 422: refusal('Des champs sont à corriger.') }),
      429: refusal('Trop de demandes.'),
    },
  }
}

const idempotency = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 100 },
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const plain = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io }) as Json
  return described
}

const propertiesOf = (schema: z.ZodObject) => {
  const { properties = {}, required = [] } = plain(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    description,
    schema: one,
    required: required.includes(name),
  }))
}

/** Every piece of the address is text that is there. */
const inPath = ({ path, params }: Operation) => {
  const described = propertiesOf(params)
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: described.find((one) => one.name === name)?.schema ?? { type: 'string' },
  }))
}

const inQuery = ({ query }: Operation) =>
  propertiesOf(query).map(({ name, description, schema, required }) => ({
    name,
    in: 'query',
    required,
    schema,
    ...(description ? { description } : {}),
  }))

function components(): Json {
  const all: Record<string, Json> = { Problem: plain(problemShape, 'output') }
  const add = ({ name, schema }: Named, io: 'input' | 'output') => {
    all[name] = plain(schema, io)
  }
  for (const { body, answer } of operations) {
    if (body) add(body, 'input')
    add(answer, 'output')
  }
  return all
}
