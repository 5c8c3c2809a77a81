import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import {
  childrenOf,
  hold,
  isGone,
  isRoot,
  kill,
  killAlone,
  killServer,
  ordinary,
  postgresProcessesIn,
} from './processes.ts'
import { query, stop, temporaryFolder } from './processes.ts'

const timeout = 60_000
const created = 'create table kept (n int); insert into kept values (1)'

describe('un dossier de données neuf', { timeout }, () => {
  it('reçoit une base, qui reste au redémarrage et ne laisse aucun processus', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await query(first, created)
    const { serverPid } = first
    await stop(first)
    expect(isGone(serverPid)).toBe(true)

    const again = await hold(dataDir)
    expect(again.adopted).toBe(false)
    expect(await query(again, 'select n from kept')).toEqual([{ n: 1 }])
    expect(await query(again, "select current_setting('fsync') as fsync, current_setting('timezone') as zone")).toEqual(
      [{ fsync: 'on', zone: 'UTC' }],
    )
    await stop(again)
    expect(postgresProcessesIn(path.join(dataDir, 'postgres'))).toEqual([])
  })

  it('convient à un compte ordinaire', async () => {
    const holder = await hold(temporaryFolder({ as: ordinary }), { as: ordinary })
    expect(holder.error).toBeUndefined()
    expect(await query(holder, "select upper('é') as e")).toEqual([{ e: 'É' }])
    await stop(holder)
  })

  it.runIf(isRoot)('convient à root : PostgreSQL tourne sous un autre compte', async () => {
    const holder = await hold(temporaryFolder())
    const status = readFileSync(`/proc/${holder.serverPid}/status`, 'utf8')
    expect(status).not.toMatch(/^Uid:\s+0/m)
    await stop(holder)
  })

  it('dont le chemin est trop long pour une prise Unix est servi quand même', async () => {
    const dataDir = path.join(temporaryFolder(), 'un-nom-de-dossier-bien-long'.repeat(4), 'data')
    mkdirSync(dataDir, { recursive: true })
    const holder = await hold(dataDir)
    expect(holder.error).toBeUndefined()
    expect(holder.connection.host).not.toContain(dataDir)
    expect(await query(holder, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop(holder)
  })

  it('dont la création a été interrompue est créé de nouveau', async () => {
    const dataDir = temporaryFolder()
    mkdirSync(path.join(dataDir, 'postgres-nouveau'))
    writeFileSync(path.join(dataDir, 'postgres-nouveau', 'reste'), '')
    const holder = await hold(dataDir)
    expect(holder.error).toBeUndefined()
    await stop(holder)
  })
})

describe('après un arrêt brutal', { timeout }, () => {
  it('le serveur laissé vivant par un « kill -9 » du parent est adopté, puis arrêté proprement', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await query(first, created)
    await killAlone(first)
    expect(isGone(first.serverPid)).toBe(false)

    const second = await hold(dataDir)
    expect(second.adopted).toBe(true)
    expect(second.serverPid).toBe(first.serverPid)
    expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }])
    await stop(second)
    expect(isGone(first.serverPid)).toBe(true)
  })

  it('« kill -9 » de tout l’arbre ne perd aucune écriture acquittée', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await query(first, 'create table acknowledged (n int)')
    const writer = new pg.Client(first.connection)
    writer.on('error', () => {})
    await writer.connect()
    let acknowledged = 0
    const writing = (async () => {
      for (;;) {
        await writer.query('insert into acknowledged values ($1)', [acknowledged + 1])
        acknowledged += 1
      }
    })().catch(() => {})
    await expect.poll(() => acknowledged).toBeGreaterThan(50)
    first.child.kill('SIGKILL')
    killServer(first.serverPid)
    await Promise.all([writing, first.exit])

    const second = await hold(dataDir)
    expect(second.adopted).toBe(false)
    const [row] = await query<{ n: string }>(
      second,
      `select count(*) as n from acknowledged where n <= ${acknowledged}`,
    )
    expect(Number(row?.n)).toBe(acknowledged)
    await stop(second)
  })

  it('une session restée au travail après la mort de son serveur n’empêche pas de repartir', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    const busy = new pg.Client(first.connection)
    busy.on('error', () => {})
    await busy.connect()
    const pid = (busy as pg.Client & { processID: number }).processID
    const work = busy.query('select count(*) from generate_series(1, 2000000000)').catch(() => {})
    await expect.poll(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('SELECT')
    first.child.kill('SIGKILL')
    kill(first.serverPid)
    await first.exit

    const second = await hold(dataDir)
    expect(second.error).toBeUndefined()
    expect(isGone(pid)).toBe(true)
    await work
    await stop(second)
  })

  it('un « postmaster.pid » périmé est écarté', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await stop(first)
    writeFileSync(path.join(dataDir, 'postgres/postmaster.pid'), stalePidFile(await pidOfDeadProcess(), dataDir))
    const second = await hold(dataDir)
    expect(second).toMatchObject({ adopted: false })
    expect(second.error).toBeUndefined()
    await stop(second)
  })

  it('un « postmaster.pid » dont le numéro est allé à un autre programme est écarté, ce programme épargné', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    await stop(first)
    const other = spawn('sleep', ['60'], { ...(isRoot ? ordinary : {}) })
    writeFileSync(path.join(dataDir, 'postgres/postmaster.pid'), stalePidFile(other.pid!, dataDir))
    const second = await hold(dataDir)
    expect(second.error).toBeUndefined()
    expect(second.adopted).toBe(false)
    expect(isGone(other.pid!)).toBe(false)
    await stop(second)
    other.kill('SIGKILL')
  })

  it('le serveur tué sous l’application en marche est relancé', async () => {
    const holder = await hold(temporaryFolder())
    await query(holder, created)
    killServer(holder.serverPid)
    await expect
      .poll(() => query(holder, 'select n from kept').catch(() => null), { timeout: 20_000 })
      .toEqual([{ n: 1 }])
    await stop(holder)
  })
})

describe('deux démarrages', { timeout }, () => {
  it('sur un même dossier : le second le dit et s’arrête, le premier continue', async () => {
    const dataDir = temporaryFolder()
    const first = await hold(dataDir)
    const second = await hold(dataDir)
    expect(second.error).toBe(
      `Un autre Maillage utilise déjà le dossier ${dataDir} : arrêtez-le, ou choisissez un autre dossier (DATA_DIR).`,
    )
    expect(await second.exit).toBe(1)
    expect(await query(first, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop(first)
  })

  it('au même instant sur un dossier neuf : un seul le prend', async () => {
    const dataDir = temporaryFolder()
    const both = await Promise.all([hold(dataDir), hold(dataDir)])
    const errors = both.map(({ error }) => error).filter(Boolean)
    expect(errors).toHaveLength(1)
    await stop(both.find(({ error }) => !error)!)
  })

  it('le dossier est rendu dès la mort du premier, même par « kill -9 »', async () => {
    const dataDir = temporaryFolder()
    await killAlone(await hold(dataDir))
    const second = await hold(dataDir)
    expect(second.error).toBeUndefined()
    await stop(second)
  })
})

describe('un arrêt demandé', { timeout }, () => {
  it('finit en moins de dix secondes, même quand une requête travaille', async () => {
    const holder = await hold(temporaryFolder())
    const busy = new pg.Client(holder.connection)
    busy.on('error', () => {})
    await busy.connect()
    const work = busy.query('select count(*) from generate_series(1, 2000000000)').catch(() => {})
    await expect.poll(() => childrenOf(holder.serverPid).length).toBeGreaterThan(0)
    const start = Date.now()
    await stop(holder)
    expect(Date.now() - start).toBeLessThan(10_000)
    await work
  })
})

describe('une seule phrase quand le démarrage est impossible', { timeout }, () => {
  it('dossier interdit d’écriture', async () => {
    const dataDir = temporaryFolder()
    chmodSync(dataDir, 0o555)
    const holder = await hold(dataDir, { as: ordinary })
    expect(holder.error).toBe(
      `Le compte qui lance Maillage ne peut pas écrire dans le dossier ${dataDir} : donnez-lui ce droit ou choisissez un autre dossier (DATA_DIR).`,
    )
    expect(await holder.exit).toBe(1)
  })

  it('un fichier à la place du dossier', async () => {
    const file = path.join(temporaryFolder(), 'data')
    writeFileSync(file, '')
    const holder = await hold(file)
    expect(holder.error).toBe(`${file} n’est pas un dossier : choisissez un autre dossier (DATA_DIR).`)
  })

  it('un dossier « postgres » qui contient autre chose', async () => {
    const dataDir = temporaryFolder()
    mkdirSync(path.join(dataDir, 'postgres'))
    writeFileSync(path.join(dataDir, 'postgres/photo.jpg'), '')
    const holder = await hold(dataDir)
    expect(holder.error).toContain('contient autre chose qu’une base de données')
  })

  it.runIf(isRoot)('les données d’un autre compte', async () => {
    const dataDir = temporaryFolder()
    await stop(await hold(dataDir))
    const holder = await hold(dataDir, { as: ordinary })
    expect(holder.error).toContain('donnez-lui ce droit ou choisissez un autre dossier')
  })

  it('des réglages que PostgreSQL refuse : la raison et le journal sont dits', async () => {
    const dataDir = temporaryFolder()
    await stop(await hold(dataDir))
    writeFileSync(path.join(dataDir, 'postgres/postgresql.conf'), 'shared_buffers = beaucoup\n')
    const holder = await hold(dataDir)
    expect(holder.error).toContain(path.join(dataDir, 'postgres.log'))
    expect(holder.error?.split('\n')).toHaveLength(1)
  })
})

async function pidOfDeadProcess(): Promise<number> {
  const child: ChildProcess = spawn('true')
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid!
}

function stalePidFile(pid: number, dataDir: string): string {
  return [
    pid,
    `${dataDir}/postgres`,
    1700000000,
    5432,
    `${dataDir}/postgres-socket`,
    '',
    '  12345 6',
    'ready   ',
    '',
  ].join('\n')
}
