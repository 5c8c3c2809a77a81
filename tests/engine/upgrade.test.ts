import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyMigrations, readMigrations } from '#app/platform/postgres/backup/migrations.server.ts'
import { fetchOldBinaries } from '#app/platform/postgres/old-binaries.server.ts'
import { readOrMakePassword } from '#app/platform/postgres/cluster.server.ts'
import { chooseAccount, spawnIdentity } from '#app/platform/postgres/run-as.server.ts'
import pg from 'pg'
import { hold, query, root, stop, temporaryFolder } from './processes.ts'

describe('une base d’une version majeure plus ancienne', { timeout: 180_000 }, () => {
  it('dont les programmes ne peuvent pas être téléchargés : une phrase, rien n’est touché', async () => {
    const dataDir = temporaryFolder()
    await stop(await hold(dataDir))
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '12\n')
    const env = {
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_fetch_retries: '0',
      npm_config_offline: 'true',
    }
    const holder = await hold(dataDir, { env })
    expect(holder.error).toContain('La base de données vient de PostgreSQL 12')
    expect(readFileSync(path.join(dataDir, 'postgres/PG_VERSION'), 'utf8')).toBe('12\n')
  })

  it('plus récente que la nôtre : une phrase', async () => {
    const dataDir = temporaryFolder()
    await stop(await hold(dataDir))
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '99\n')
    expect((await hold(dataDir)).error).toContain('plus récent que celui de ce Maillage (18) : mettez Maillage à jour.')
  })

  it('une reprise coupée entre ses deux derniers pas est achevée', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await query(first, 'create table kept (n int)')
    await stop(first)
    renameSync(path.join(dataDir, 'postgres'), path.join(dataDir, 'postgres-18-nouveau'))
    const second = await hold(dataDir)
    expect(await query(second, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
    await stop(second)
  })

  // Downloads the former PostgreSQL: asked for by the continuous integration.
  it.runIf(process.env.TEST_INSTALL === '1')(
    'passe d’elle-même par une sauvegarde, l’ancien dossier gardé',
    async () => {
      const dataDir = temporaryFolder()
      await makeOldCluster(dataDir, '17')
      const upgraded = await hold(dataDir)
      expect(upgraded.error).toBeUndefined()
      expect(upgraded.said.at(-1)).toContain(`celle d’avant est gardée dans ${dataDir}/postgres-17`)
      expect(
        await query(
          upgraded,
          "select value, current_setting('server_version_num')::int >= 180000 as now from platform.setting",
        ),
      ).toEqual([{ value: 'gardé', now: true }])
      await stop(upgraded)
      const again = await hold(dataDir)
      expect(again.said).toEqual([])
      await stop(again)
    },
  )
})

/** As an earlier Maillage would have left it. */
async function makeOldCluster(dataDir: string, major: string): Promise<void> {
  const account = chooseAccount(dataDir, dataDir)
  const programs = temporaryFolder()
  const { initdb, pgCtl } = await fetchOldBinaries(major, { runAs: account, cluster: '', programs }, () => {})
  const identity = { cwd: '/', ...spawnIdentity(account) }
  readOrMakePassword(dataDir)
  const cluster = path.join(dataDir, 'postgres')
  const sockets = temporaryFolder({ as: account ?? {} })
  mkdirSync(cluster, { mode: 0o700 })
  if (account) spawnSync('chown', [`${account.uid}:${account.gid}`, cluster])
  const options = `-c listen_addresses= -c unix_socket_directories=${sockets}`
  expect(
    spawnSync(initdb, ['-D', cluster, '-U', 'maillage', '-A', 'trust', '-E', 'UTF8', '--locale=C'], identity).status,
  ).toBe(0)
  expect(
    spawnSync(pgCtl, ['start', '-w', '-D', cluster, '-l', '/dev/null', '-o', options], { ...identity, stdio: 'ignore' })
      .status,
  ).toBe(0)
  await fill({ host: sockets, user: 'maillage' })
  expect(spawnSync(pgCtl, ['stop', '-w', '-D', cluster], { ...identity, stdio: 'ignore' }).status).toBe(0)
}

async function fill(server: pg.PoolConfig): Promise<void> {
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  await admin.query('create database maillage')
  await admin.end()
  const client = new pg.Client({ ...server, database: 'maillage' })
  await client.connect()
  await applyMigrations(client, readMigrations(path.join(root, 'migrations')))
  await client.query(`insert into platform.setting (key, value) values ('nom', '"gardé"')`)
  await client.end()
}
