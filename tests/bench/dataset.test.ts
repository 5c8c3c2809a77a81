import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../context.ts'
import { fillBench } from './dataset.ts'

test('le jeu du banc d’essai, en petit, est complet, cohérent et toujours le même', async () => {
  const prints: unknown[] = []
  for (const _ of [1, 2]) {
    const { connection, drop } = await freshDatabase()
    const client = new pg.Client(connection)
    await client.connect()
    try {
      await fillBench(client, { people: 2000, activities: 100, attendances: 5000, organisations: 80 })
      prints.push((await client.query(PRINT)).rows)
      expect((await client.query(BROKEN)).rows).toEqual([])
    } finally {
      await client.end()
      await drop()
    }
  }
  expect(prints[0]).toMatchObject([{ attendances: '5000', lists: '100', merged: '10' }])
  expect(prints[1]).toEqual(prints[0])
})

const PRINT = `select count(*) as attendances, count(distinct activity_id) as lists, md5(string_agg(person_id || status || mode || profile_id, ',' order by id)) as print,
  (select count(*) from directory.person where merged_into_id is not null) as merged from activities.attendance`

/** What the checks and the trigger left out would have said. */
const BROKEN = `select a.id from activities.attendance a left join directory.person p on p.id = a.person_id
  left join directory.organisation o on o.id = a.organisation_id left join territory.territory t on t.id = a.departement_id
  where p.id is null or o.id is null or t.id is null
union all
select a.id from activities.activity a join (select activity_id, min(starts_at) as starts_at, max(ends_at) as ends_at,
  sum(activities.session_half_days(starts_at, ends_at)) as half_days from activities.session group by 1) s on s.activity_id = a.id
  where (a.starts_at, a.ends_at, a.half_days) is distinct from (s.starts_at, s.ends_at, s.half_days)`
