import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import { addedOrganisation, addedPerson } from '../fixtures.ts'
import { findPairs } from './find-pairs.server.ts'

test('x', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx, {
      givenName: 'Hélène',
      familyName: 'de La Fontaine',
      email: 'h@x.fr',
      organisationName: 'Cordia',
    })
    await addedPerson(ctx, { givenName: 'helene', familyName: 'FONTAINE', email: 'h@x.fr' })
    await addedPerson(ctx, { givenName: 'La Fontaine', familyName: 'Hélène', phone: '0467000001' })
    await addedPerson(ctx, { givenName: 'H.', familyName: 'Lafontaine', organisationName: 'CORDIA' })
    await addedOrganisation(ctx, { name: 'Ville de Lunel' })
    await addedOrganisation(ctx, { name: 'Mairie de Lunel' })
    console.log(await findPairs(ctx, 'person'), await findPairs(ctx, 'organisation'))
    const { rows } = await ctx.db.execute(
      sql`select d.score, d.reasons, a.search as a, b.search as b from directory.duplicate_pair d left join directory.person a on a.id = one_id left join directory.person b on b.id = other_id`,
    )
    console.log(rows)
    expect(1).toBe(1)
  }))
