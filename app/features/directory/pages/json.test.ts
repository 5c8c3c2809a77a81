import { RouterContextProvider } from 'react-router'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { asRole, asVisitor, inSandbox } from '#tests/context.ts'
import { addOrganisation } from '../add-organisation.server.ts'
import { addPerson } from '../add-person.server.ts'
import { someOrganisation, somePerson } from '../fixtures.ts'
import { loader as names } from './organisation-names-json.ts'
import { loader as organisations } from './organisations-json.ts'
import { loader as people } from './people-json.ts'

type Loader = (args: never) => Promise<Response>

async function ask(loader: unknown, ctx: AppContext, q: string, ip = '192.0.2.1') {
  const context = new RouterContextProvider()
  context.set(requestContext, ctx)
  context.set(webRequest, { ip, nonce: '', sessionToken: null, userAgent: '' })
  const url = new URL(`https://maillage.test/x.json?q=${encodeURIComponent(q)}`)
  try {
    const response = await (loader as Loader)({ context, url, request: new Request(url), params: {} } as never)
    return { status: response.status, body: await response.json() }
  } catch (refusal) {
    return { status: (refusal as { init: { status: number } }).init.status, body: null }
  }
}

test('les propositions du bureau demandent un compte', () =>
  inSandbox(async (ctx) => {
    await addPerson(ctx, somePerson({ confirmed: true }))
    await addOrganisation(ctx, someOrganisation({ confirmed: true, acronym: 'LP' }))
    const reader = asRole(ctx, 'lecture')
    expect(await ask(people, reader, 'berthier')).toMatchObject({ status: 200, body: [{ label: 'Amina Berthier' }] })
    expect(await ask(organisations, reader, 'passerelle')).toMatchObject({ status: 200, body: [{ detail: 'LP' }] })
    for (const loader of [people, organisations])
      expect((await ask(loader, asVisitor(ctx), 'berthier')).status).toBe(404)
  }))

test('le site public ne donne que des noms d’organisations, huit au plus, et s’arrête quand on insiste', () =>
  inSandbox(async (system) => {
    const ctx = asVisitor(system)
    await addPerson(system, somePerson({ confirmed: true, familyName: 'Passerelle' }))
    for (let i = 0; i < 10; i += 1)
      await addOrganisation(system, someOrganisation({ confirmed: true, name: `Les Passerelles ${i}`, note: 'secret' }))
    const { body } = await ask(names, ctx, 'passerelle')
    expect(body).toHaveLength(8)
    for (const one of body)
      expect(one).toEqual({
        id: expect.any(String),
        label: expect.stringMatching(/^Les Passerelles \d$/),
        detail: null,
      })
    expect((await ask(names, ctx, 'p')).body).toEqual([])
    for (let i = 0; i < 118; i += 1) await ask(names, ctx, 'p')
    expect((await ask(names, ctx, 'passerelle')).status).toBe(429)
    expect((await ask(names, ctx, 'passerelle', '192.0.2.2')).status).toBe(200)
  }))
