import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { changes } from '#app/platform/schema.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { answer } from './answer.server.ts'
import { describeApi } from './openapi.server.ts'
import { operations } from './operations/all.server.ts'
import { permissionsOfScopes, type Scope, scopeNames, scopes } from './scopes.ts'
import { listTokens, makeToken, revokeToken } from './tokens.server.ts'

const BASE = 'https://maillage.example.org'

async function keyOf(ctx: AppContext, held: readonly Scope[] = scopeNames, name = 'Essai'): Promise<string> {
  const made = await makeToken(asRole(ctx, 'administration'), { name, scopes: held, days: 30 })
  if (!made.ok) throw new Error(made.error.type)
  return made.value.token
}

interface Call {
  key?: string
  body?: unknown
  headers?: Record<string, string>
  text?: string
}

async function call(ctx: AppContext, line: string, { key, body, headers = {}, text }: Call = {}) {
  const [method, where] = line.split(' ') as [string, string]
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const request = new Request(`${BASE}/api/v1${where}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const response = await answer(asVisitor(ctx), request, '192.0.2.7')
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as never as Record<string, never>,
  }
}

const seminar = {
  title: 'Séminaire par programme',
  kindId: 'activite:seminaire',
  mode: 'presentiel',
  role: 'organisateur',
  scale: 'regional',
  session: { startsAt: '2022-12-05T09:00:00+01:00', endsAt: '2022-12-05T12:00:00+01:00' },
}

async function kindOf(ctx: AppContext): Promise<string> {
  const { rows } = await ctx.db.execute<{ id: string }>(
    sql`select id from platform.term where vocabulary = 'activite' limit 1`,
  )
  return rows[0]!.id
}

test('la description est un OpenAPI 3.1 valable, et nomme chaque opération', async () => {
  const document = describeApi(BASE)
  const checked = await new Validator().validate(structuredClone(document))
  expect(checked.errors ?? []).toEqual([])
  const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap((one) =>
    Object.values(one).map(({ operationId }) => operationId),
  )
  expect(ids.toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
})

test('un client fait d’après la description crée, publie, inscrit, pointe et lit l’année', { timeout: 60_000 }, () =>
  inSandbox(async (ctx) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'maillage-client-'))
    await createClient({
      input: describeApi(BASE) as never,
      output: folder,
      logs: { level: 'silent' },
      plugins: ['@hey-api/client-fetch', '@hey-api/sdk'],
    })
    const sdk = await import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'sdk.gen.ts')).href)
    const { client } = await import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'client.gen.ts')).href)
    client.setConfig({
      auth: () => key,
      fetch: (request: Request) => answer(asVisitor(ctx), request, '192.0.2.7'),
      throwOnError: true,
    })
    const key = await keyOf(ctx)
    const vocabulary = (await sdk.readVocabulary({ path: { name: 'activite' } })).data
    const body = { ...seminar, kindId: vocabulary.items[0].id }
    const { id } = (await sdk.createActivity({ body })).data
    await sdk.updateActivity({ path: { id }, body: { place: 'Maison des associations', capacityOnsite: 20 } })
    const published = (await sdk.publishActivity({ path: { id } })).data
    expect(published).toMatchObject({
      status: 'published',
      place: 'Maison des associations',
      capacityOnsite: 20,
      halfDays: 1,
    })
    const person = { givenName: 'Aïcha', familyName: 'Roux', email: 'aicha.roux@exemple.test' }
    const registered = (await sdk.registerPerson({ path: { id }, body: { person } })).data
    expect(registered.status).toBe('registered')
    await sdk.markAttendance({ path: { id, attendanceId: registered.id }, body: { status: 'present' } })
    const list = (await sdk.listAttendances({ path: { id } })).data
    expect(list.items).toMatchObject([{ familyName: 'Roux', status: 'present' }])
    const later = at(ctx, '2022-12-06T10:00:00Z')
    client.setConfig({ fetch: (request: Request) => answer(asVisitor(later), request, '192.0.2.7') })
    const figures = (await sdk.readFigures({ path: { year: 2022 } })).data
    const valueOf = (name: string) => figures.items.find((one: { id: string }) => one.id === name).value
    expect([valueOf('activites'), valueOf('presences'), valueOf('personnes')]).toEqual([1, 1, 1])
    const [trace] = await ctx.db.select().from(changes).where(sql`action = 'activities.created'`)
    expect(trace).toMatchObject({ actorLabel: 'Programme « Essai »', actorId: null })
  }),
)

describe('les clés', () => {
  test('seule la direction et l’administration en font, en voient, en retirent ; la table ne garde pas la clé', () =>
    inSandbox(async (ctx) => {
      for (const role of ['lecture', 'gestion', 'communication', 'charge-de-mission'] as const) {
        const other = asRole(ctx, role)
        expect(await makeToken(other, { name: 'Non', scopes: ['figures:read'], days: 1 })).toEqual({
          ok: false,
          error: { type: 'not-allowed' },
        })
        expect(await listTokens(other)).toBeNull()
        expect(await revokeToken(other, crypto.randomUUID())).toEqual({ ok: false, error: { type: 'not-allowed' } })
      }
      const key = await keyOf(ctx)
      const { rows } = await ctx.db.execute(sql`select * from api.token`)
      expect(JSON.stringify(rows)).not.toContain(key)
      expect(JSON.stringify(await ctx.db.select().from(changes))).not.toContain(key)
    }))

  test('sans clé, avec une clé inventée, retirée ou finie : 401, sans dire laquelle', () =>
    inSandbox(async (ctx) => {
      const key = await keyOf(ctx)
      expect((await call(ctx, 'GET /activities', { key })).status).toBe(200)
      const later = at(ctx, '2023-01-01T00:00:00Z')
      expect((await call(later, 'GET /activities', { key })).status).toBe(401)
      const [token] = (await listTokens(asRole(ctx, 'direction')))!
      expect(token).toMatchObject({ name: 'Essai', lastUsedAt: ctx.now() })
      await revokeToken(asRole(ctx, 'direction'), token!.id)
      const answers = [
        await call(ctx, 'GET /activities', { key }),
        await call(ctx, 'GET /activities'),
        await call(ctx, 'GET /activities', { key: `mlg_${'A'.repeat(43)}` }),
        await call(ctx, 'GET /activities', { key: 'mlg_court' }),
      ]
      expect(new Set(answers.map(({ status, json }) => JSON.stringify([status, json]))).size).toBe(1)
      expect(answers[0]).toMatchObject({ status: 401, json: { title: 'Cette adresse demande une clé valable.' } })
    }))

  test('chaque opération refuse la clé qui n’a pas son droit, et lui seul suffit à la demander', () =>
    inSandbox(async (ctx) => {
      const nobody = crypto.randomUUID()
      for (const { id, method, path: address, scope } of operations) {
        const where = address
          .replaceAll(/\{(id|attendanceId)\}/g, nobody)
          .replace('{year}', '2022')
          .replace('{name}', 'theme')
        const line = `${method.toUpperCase()} ${where}`
        const bodyOf = method === 'get' ? undefined : {}
        for (const needed of scopes[scope].permissions) {
          const others = scopeNames.filter((other) => !permissionsOfScopes([other]).has(needed))
          const refused = await call(ctx, line, { key: await keyOf(ctx, others), body: bodyOf })
          expect([id, needed, refused.status]).toEqual([id, needed, 403])
        }
        const alone = await call(ctx, line, { key: await keyOf(ctx, [scope]), body: method === 'get' ? undefined : {} })
        expect([id, alone.status === 401 || alone.status === 403 || alone.status >= 500]).toEqual([id, false])
      }
    }))

  test('au-delà de six cents demandes en une minute, la clé attend', () =>
    inSandbox(async (ctx) => {
      const key = await keyOf(ctx, ['figures:read'])
      await ctx.db.execute(sql`insert into platform.rate_limit (key, window_start, count)
        select 'api:' || id, date_trunc('minute', ${ctx.now().toISOString()}::timestamptz), 600 from api.token`)
      expect(await call(ctx, 'GET /figures/2022', { key })).toMatchObject({ status: 429 })
    }))
})

describe('les demandes mal faites', () => {
  test.each([
    ['GET /rien', {}, 404],
    ['GET /activities/pas-un-numero', {}, 404],
    ['GET /activities/../people', {}, 200],
    ['GET /activities?page=0', {}, 400],
    ['GET /activities?page=99', {}, 404],
    ['GET /activities?inconnu=1', {}, 400],
    ['GET /activities?page=1&page=2', {}, 400],
    ['DELETE /activities', {}, 405],
    ['POST /activities', { text: '{' }, 400],
    ['POST /activities', { text: 'titre=x', headers: { 'content-type': 'text/plain' } }, 415],
    ['POST /activities', { body: [] }, 422],
    ['POST /activities', { body: { ...seminar, kindId: 'rien' } }, 422],
    ['POST /activities', { body: { ...seminar, admin: true } }, 422],
    ['POST /activities', { body: { ...seminar, title: 'x\u0000' } }, 422],
    ['POST /activities', { body: { ...seminar, session: { startsAt: '2022-02-31T00:00:00Z', endsAt: 'x' } } }, 422],
    ['POST /people', { body: { familyName: 'Roux', email: 'deux mots' } }, 422],
    ['POST /people', { body: { familyName: 'Roux', phone: '=1+1' } }, 422],
    ['POST /organisations', { body: { name: 'Cordia', siret: '12345678901234' } }, 422],
    ['GET /figures/12', {}, 404],
    ['GET /vocabularies/secret', {}, 404],
  ] as const)('%s → une phrase et %#', (line, asked, status) =>
    inSandbox(async (ctx) => {
      const key = await keyOf(ctx)
      const before = await ctx.db.$count(changes)
      const got = await call(ctx, line, { key, ...(asked as Call) })
      expect([got.status, JSON.stringify(got.json).slice(0, 300)]).toEqual([status, expect.any(String)])
      if (status !== 200) expect(got.json.title).toMatch(/^[A-ZÉ].+\.$/)
      expect(await ctx.db.$count(changes)).toBe(before)
    }),
  )

  test('une fiche qui ressemble est montrée avant d’être doublée, et corrigée sans toucher au reste', () =>
    inSandbox(async (ctx) => {
      const key = await keyOf(ctx)
      const body = { givenName: 'Léa', familyName: 'Bertier', email: 'lea@exemple.test', phone: '06 12 34 56 78' }
      const { json: made } = await call(ctx, 'POST /people', { key, body })
      const twin = await call(ctx, 'POST /people', { key, body })
      expect(twin).toMatchObject({ status: 409, json: { candidates: [{ id: made.id }] } })
      expect((await call(ctx, 'POST /people', { key, body: { ...body, confirmed: true } })).status).toBe(201)
      const corrected = await call(ctx, `PATCH /people/${made.id}`, { key, body: { familyName: 'Berthier' } })
      expect(corrected.json).toMatchObject({ familyName: 'Berthier', givenName: 'Léa', phone: '06 12 34 56 78' })
    }))

  test('une activité changée entre-temps refuse l’ancienne version', () =>
    inSandbox(async (ctx) => {
      const key = await keyOf(ctx)
      const { json: made } = await call(ctx, 'POST /activities', {
        key,
        body: { ...seminar, kindId: await kindOf(ctx) },
      })
      const { json: read } = await call(ctx, `GET /activities/${made.id}`, { key })
      const later = at(ctx, '2022-11-24T10:00:00Z')
      await call(later, `PATCH /activities/${made.id}`, { key, body: { title: 'Autre titre' } })
      const stale = await call(later, `PATCH /activities/${made.id}`, {
        key,
        body: { title: 'Perdu', version: read.updatedAt },
      })
      expect(stale.status).toBe(409)
      expect((await call(ctx, `GET /activities/${made.id}`, { key })).json.title).toBe('Autre titre')
    }))
})

test('une demande renvoyée dix fois à la fois sous la même clé n’est faite qu’une fois ; une autre sous cette clé est refusée', () =>
  withDatabase(async (ctx) => {
    const key = await keyOf(ctx)
    const body = { ...seminar, kindId: await kindOf(ctx) }
    const headers = { 'idempotency-key': 'une-fois' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(ctx, 'POST /activities', { key, body, headers })),
    )
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1)
    const { rows } = await ctx.db.execute(sql`select from activities.activity`)
    expect(rows.length).toBe(1)
    const other = await call(ctx, 'POST /activities', { key, body: { ...body, title: 'Autre' }, headers })
    expect(other.status).toBe(422)
    // refused: nothing was done, so that the key serves again
    const wrong = { key, headers: { 'idempotency-key': 'deux' } }
    expect((await call(ctx, 'POST /activities', { ...wrong, body: { ...body, kindId: 'rien' } })).status).toBe(422)
    expect((await call(ctx, 'POST /activities', { ...wrong, body })).status).toBe(201)
  }))
