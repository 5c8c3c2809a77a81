import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'

/** A connection pool or an open transaction: domain functions do not see the difference. */
export type Database = PgDatabase<NodePgQueryResultHKT, Record<string, never>>

export interface DatabaseHandle {
  pool: pg.Pool
  db: Database
  close(): Promise<void>
}

const INT8 = 20
const NUMERIC = 1700

/** int8 and numeric come as numbers: our counts and amounts stay far below 2^53, and a silent overflow throws. */
function parseNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`number out of range: ${text}`)
  return value
}

export const numberTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    id === INT8 || id === NUMERIC
      ? parseNumber
      : pg.types.getTypeParser(id, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Opens a pool. Times are kept in UTC; a day or a year is always cut in Europe/Paris, explicitly, in the query. */
export function openDatabase(connection: pg.PoolConfig, { max = 20 } = {}): DatabaseHandle {
  const pool = new pg.Pool({ max, types: numberTypes, options: '-c timezone=UTC', ...connection })
  // A dropped connection must not end the process, whether it waits or serves: the next query opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { pool, db: asDatabase(pool), close: () => pool.end() }
}

const AWAY = /^(57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE)$/
const CUT =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error))/

/** The database stops, starts, is full of connections or has cut this one: nothing is wrong with what was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '', syscall } = error as NodeJS.ErrnoException
  const noSocket = code === 'ENOENT' && syscall === 'connect'
  return AWAY.test(code) || noSocket || CUT.test(error.message) || isDatabaseAway(error.cause)
}

export const asDatabase = (client: pg.Pool | pg.PoolClient | pg.Client): Database =>
  drizzle(client as pg.Pool, { casing: 'snake_case' }) as unknown as Database
