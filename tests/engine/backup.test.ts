import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listSequences, listTables } from '#app/platform/postgres/backup/catalogue.server.ts'
import { runDailyBackup } from '#app/platform/postgres/backup/daily-backup.server.ts'
import { applyMigrations, readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import { restoreBackup } from '#app/platform/postgres/backup/restore-backup.server.ts'
import { writeBackup } from '#app/platform/postgres/backup/write-backup.server.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { debianServer, startDebianServer } from './debian-server.ts'
import { root, temporaryFolder } from './processes.ts'

const migrationsFolder = path.join(root, 'migrations')
const migrations = readMigrations(migrationsFolder)
const awkward = 'l’été\tà « Sète »\nligne 2 \\N \\. 🐙'

describe('une sauvegarde', { timeout: 120_000 }, () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'sauvegarde.tar.gz')
  const filesDir = path.join(folder, 'source/files')
  let source: EmbeddedPostgres
  let other: EmbeddedPostgres

  beforeAll(async () => {
    source = await startEmbeddedPostgres({ dataDir: path.join(folder, 'source') })
    other = await startEmbeddedPostgres({ dataDir: path.join(folder, 'autre') })
    await withClient(source.connection, fillSource)
    mkdirSync(path.join(filesDir, 'ab'), { recursive: true })
    writeFileSync(path.join(filesDir, 'ab/photo d’équipe.jpg'), Buffer.alloc(300_000, 7))
    writeFileSync(path.join(filesDir, 'vide.txt'), '')
  }, 120_000)

  afterAll(async () => {
    await source.stop()
    await other.stop()
  })

  const backup = (to: string, connection = source.connection, from = filesDir) =>
    writeBackup({ connection, filesDir: from, file: to, version: '0.1.0', now: () => new Date('2026-03-01T10:00:00Z') })
  const restore = (from: string, connection: pg.PoolConfig, into: string) =>
    restoreBackup({ connect: async () => connection, filesDir: into, file: from, migrationsFolder })

  it('va de la base embarquée à un serveur sans droits particuliers, puis revient, chaque table identique', async () => {
    const report = await backup(file)
    expect(report.files).toBe(2)
    expect(statSync(file).mode & 0o077).toBe(0)

    const server = await emptyDatabase(other, 'serveur', { ordinaryRole: true })
    const serverFiles = path.join(folder, 'serveur/files')
    const restored = await restore(file, server, serverFiles)
    expect(restored).toMatchObject({ rows: report.rows, files: 2, jobsKept: true })
    expect(await contents(server)).toEqual(await contents(source.connection))
    expect(readFileSync(path.join(serverFiles, 'ab/photo d’équipe.jpg'))).toEqual(Buffer.alloc(300_000, 7))

    const second = path.join(folder, 'retour.tar.gz')
    await backup(second, server, serverFiles)
    const back = await emptyDatabase(other, 'retour')
    await restore(second, back, path.join(folder, 'retour/files'))
    expect(await contents(back)).toEqual(await contents(source.connection))
    expect(await foreignKeys(back)).toEqual(await foreignKeys(source.connection))
  })

  it.runIf(debianServer)('va au PostgreSQL de Debian et en revient, chaque table identique', async (context) => {
    const server = await startDebianServer(folder)
    if (!server) return context.skip('le PostgreSQL de cette machine ne démarre pas')
    try {
      const target = await emptyDatabase(server, 'debian', { ordinaryRole: true })
      await restore(file, target, path.join(folder, 'debian/files'))
      expect(await contents(target)).toEqual(await contents(source.connection))
      const second = path.join(folder, 'de-debian.tar.gz')
      await backup(second, target, path.join(folder, 'debian/files'))
      const back = await emptyDatabase(other, 'de_debian')
      await restore(second, back, path.join(folder, 'de-debian/files'))
      expect(await contents(back)).toEqual(await contents(source.connection))
    } finally {
      await server.stop()
    }
  })

  it('rend une base où l’on écrit : les numéros suivent, les tâches en attente aussi', async () => {
    const target = await emptyDatabase(other, 'suite')
    await restore(file, target, path.join(folder, 'suite/files'))
    const boss = new PgBoss({ ...(target as object), supervise: false, schedule: false })
    boss.on('error', () => {})
    await boss.start()
    expect((await boss.fetch('rappels'))?.map((job) => job.data)).toEqual([{ texte: awkward }])
    await boss.stop({ graceful: false })
    await withClient(target, async (client) => {
      await client.query("insert into platform.outbox (kind, name, payload, at) values ('event', 'suite', '{}', now())")
    })
  })

  it('est d’un seul instant, même pendant que l’on écrit', async () => {
    const busy = new pg.Client(source.connection)
    await busy.connect()
    let stopped = false
    const writing = (async () => {
      // Each pair is written together: a consistent backup never holds half of one.
      while (!stopped) {
        await busy.query(`with one as (insert into platform.setting (key, value) values (gen_random_uuid()::text, '1') returning key)
          insert into platform.outbox (kind, name, payload, at) select 'event', 'paire', jsonb_build_object('key', key), now() from one`)
      }
    })()
    const during = path.join(folder, 'pendant.tar.gz')
    await backup(during)
    stopped = true
    await writing
    await busy.end()
    const target = await emptyDatabase(other, 'pendant')
    await restore(during, target, path.join(folder, 'pendant/files'))
    const [row] = await withClient(target, (client) =>
      client
        .query(`select
        (select count(*)::int from platform.setting where key like '%-%-%-%-%') as settings,
        (select count(*)::int from platform.outbox where name = 'paire') as events`)
        .then(({ rows }) => rows),
    )
    expect(row.settings).toBe(row.events)
  })

  it.each([
    ['coupée', (bytes: Buffer) => bytes.subarray(0, bytes.length - 500)],
    ['dont un octet a changé', (bytes: Buffer) => flip(bytes, Math.floor(bytes.length / 2))],
    ['dont une valeur a été changée puis recompressée', (bytes: Buffer) => gzipSync(tamper(gunzipSync(bytes)))],
    ['vide', () => Buffer.alloc(0)],
    ['qui est autre chose', () => gzipSync('une photo')],
  ])('%s est refusée avant de toucher à quoi que ce soit', async (label, spoil) => {
    const spoiled = path.join(folder, `${label}.tar.gz`)
    writeFileSync(spoiled, spoil(readFileSync(file)))
    const opened: string[] = []
    const connect = async () => {
      opened.push('opened')
      return source.connection
    }
    const target = path.join(folder, 'jamais/files')
    await expect(restoreBackup({ connect, filesDir: target, file: spoiled, migrationsFolder })).rejects.toThrow(
      /abîmée ou incomplète|n’est pas une sauvegarde/,
    )
    expect(opened).toEqual([])
    expect(existsSync(target)).toBe(false)
  })

  it('d’une version plus récente est refusée', async () => {
    const older = path.join(folder, 'migrations-anciennes')
    mkdirSync(path.join(older, 'meta'), { recursive: true })
    const journal = JSON.parse(readFileSync(path.join(migrationsFolder, 'meta/_journal.json'), 'utf8'))
    for (const { tag } of journal.entries) {
      writeFileSync(path.join(older, `${tag}.sql`), readFileSync(path.join(migrationsFolder, `${tag}.sql`)))
    }
    writeFileSync(
      path.join(older, 'meta/_journal.json'),
      JSON.stringify({ ...journal, entries: journal.entries.slice(0, -1) }),
    )
    const connect = () => Promise.reject(new Error('nobody should connect'))
    await expect(
      restoreBackup({ connect, filesDir: path.join(folder, 'jamais/files'), file, migrationsFolder: older }),
    ).rejects.toThrow('vient d’une version plus récente de Maillage')
  })

  it('ne se restaure pas sur une base qui sert, ni sur des fichiers présents', async () => {
    const before = await contents(source.connection)
    await expect(restore(file, source.connection, path.join(folder, 'jamais/files'))).rejects.toThrow(
      'contient déjà des tables',
    )
    await expect(restore(file, source.connection, filesDir)).rejects.toThrow('contient déjà des fichiers')
    expect(await contents(source.connection)).toEqual(before)
  })

  it('n’écrase pas un fichier et ne laisse rien de partiel', async () => {
    await expect(backup(file)).rejects.toThrow('existe déjà')
    await expect(backup(path.join(folder, 'absent/x.tar.gz'))).rejects.toThrow('n’existe pas')
    expect(readdirSync(folder).filter((name) => name.endsWith('.partiel'))).toEqual([])
  })

  it('chaque jour garde les plus récentes et n’en fait qu’une par jour', async () => {
    const dir = path.join(folder, 'quotidiennes')
    const day = (date: string) => ({
      connection: source.connection,
      filesDir,
      version: '0.1.0',
      dir,
      keep: 2,
      now: () => new Date(`${date}T02:30:00Z`),
    })
    for (const date of ['2026-03-01', '2026-03-02', '2026-03-03']) await runDailyBackup(day(date))
    expect(await runDailyBackup(day('2026-03-03'))).toBeNull()
    expect(readdirSync(dir).sort()).toEqual(['maillage-2026-03-02.tar.gz', 'maillage-2026-03-03.tar.gz'])
  })
})

async function withClient<Value>(
  connection: pg.PoolConfig,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function fillSource(client: pg.Client): Promise<void> {
  await client.query('begin')
  await applyMigrations(client, migrations)
  await client.query('commit')
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    supervise: false,
    schedule: false,
  })
  await boss.start()
  await boss.createQueue('rappels')
  await boss.send('rappels', { texte: awkward })
  await boss.stop({ graceful: false })
  await client.query("insert into platform.setting (key, value) values ('nom', to_jsonb($1::text)), ('vide', 'null')", [
    awkward,
  ])
  await client.query(
    `insert into platform.change (at, actor_label, action, entity, entity_id, fields)
     select now(), $1, 'essai', 'entité', n::text, jsonb_build_object('champ', array[null, $1]) from generate_series(1, 20000) n`,
    [awkward],
  )
  await client.query(
    `insert into platform.outbox (kind, name, payload, at) select 'event', 'essai', '{"a": 1}', now() from generate_series(1, 50)`,
  )
}

async function emptyDatabase(
  server: Pick<EmbeddedPostgres, 'connection'>,
  name: string,
  { ordinaryRole = false } = {},
): Promise<pg.PoolConfig> {
  return withClient(server.connection, async (client) => {
    if (ordinaryRole) await client.query(`create role ${name} login`)
    await client.query(`create database ${name} ${ordinaryRole ? `owner ${name}` : ''}`)
    return { ...server.connection, database: name, ...(ordinaryRole ? { user: name } : {}) }
  })
}

/** Rows and checksum of every table, and where every sequence stands. */
async function contents(connection: pg.PoolConfig): Promise<Record<string, unknown>> {
  return withClient(connection, async (client) => {
    // A moment reads the same wherever the server stands.
    await client.query("set timezone = 'UTC'")
    const found: Record<string, unknown> = { sequences: await listSequences(client) }
    for (const { name, columns } of await listTables(client)) {
      const { rows } = await client.query(
        `select count(*)::int as rows, md5(string_agg(line, chr(10) order by line)) as sum
         from (select row(${columns.map((column) => `t.${column}`).join(', ')})::text as line from ${name} t) l`,
      )
      found[name] = rows[0]
    }
    return found
  })
}

async function foreignKeys(connection: pg.PoolConfig): Promise<unknown> {
  return withClient(connection, async (client) => {
    const text = `select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
      from pg_constraint where contype = 'f' and conparentid = 0 order by 1, 2`
    return (await client.query(text)).rows
  })
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ 0xff
  return copy
}

function tamper(archive: Buffer): Buffer {
  const copy = Buffer.from(archive)
  const at = copy.lastIndexOf('essai')
  copy.write('autre', at)
  return copy
}
