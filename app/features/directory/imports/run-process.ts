import type pg from 'pg'
import { systemActor } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { peopleKind } from './people-kind.server.ts'
import { runImport } from './run-import.server.ts'

/** Another process that writes an import, to be killed while it does. */
const [, , connection, importId] = process.argv as unknown as [string, string, string, string]
const { db } = openDatabase(JSON.parse(connection) as pg.PoolConfig, { max: 2 })
const now = new Date('2022-11-24T09:00:00Z')
const ctx = { db, actor: systemActor('Essais'), now: () => now, baseUrl: '', secret: '', filesDir: '/nonexistent' }
await runImport(ctx, [peopleKind], importId)
process.exit(0)
