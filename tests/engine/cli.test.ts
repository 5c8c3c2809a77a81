import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hold, root, stop, temporaryFolder } from './processes.ts'

const timeout = 90_000

/** As a person types it, through the launcher. */
function maillage(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'bin/maillage.mjs'), ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

describe('la ligne de commande', { timeout }, () => {
  it('se présente en français', async () => {
    const { code, out } = await maillage(['--help'])
    expect(code).toBe(0)
    for (const name of ['migrate', 'backup FICHIER', 'restore FICHIER', 'doctor']) expect(out).toContain(name)
  })

  it.each([
    [['chercher'], 'La commande « chercher » n’existe pas.'],
    [['backup'], 'Il manque le nom du fichier à écrire. Usage : maillage backup FICHIER'],
    [['backup', 'a', 'b'], '« b » est en trop.'],
    [['restore', '--force', 'a'], 'L’option --force n’existe pas.'],
    [['migrate', 'tout'], '« tout » est en trop.'],
  ])('%j : dit ce qui manque et sort avec 2', async (args, sentence) => {
    const { code, err } = await maillage(args)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  it('migre, sauvegarde, restaure ailleurs, et le médecin est content', async () => {
    const folder = temporaryFolder()
    const here = { DATA_DIR: path.join(folder, 'ici') }
    const there = { DATA_DIR: path.join(folder, 'là-bas') }
    const file = path.join(folder, 'tout.tar.gz')
    expect(await maillage(['migrate'], here)).toMatchObject({ code: 0 })
    expect((await maillage(['migrate'], here)).out).toBe('La base de données est à jour.\n')
    expect(await maillage(['backup', file], here)).toMatchObject({ code: 0, err: '' })
    expect((await maillage(['restore', file], there)).out).toMatch(/^Sauvegarde du .* restaurée : /)
    const again = await maillage(['restore', file], there)
    expect(again.code).toBe(1)
    expect(again.err).toContain('ne se restaure que dans un endroit vide')
    const doctor = await maillage(['doctor'], there)
    expect(doctor.code).toBe(0)
    expect(doctor.out).toContain('✓ La base de données est au niveau de cette version.')
  })

  it('sauvegarde pendant que l’application tient le dossier', async () => {
    const dataDir = temporaryFolder()
    const holder = await hold(dataDir)
    expect(await maillage(['migrate'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
    const file = path.join(dataDir, 'en-marche.tar.gz')
    expect(await maillage(['backup', file], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
    expect(existsSync(file)).toBe(true)
    await stop(holder)
  })

  it('refuse une sauvegarde abîmée sans créer de base', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'abîmée.tar.gz')
    writeFileSync(file, 'pas une archive')
    const { code, err } = await maillage(['restore', file], { DATA_DIR: path.join(folder, 'data') })
    expect(code).toBe(1)
    expect(err).toBe(`Le fichier ${file} n’est pas une sauvegarde de Maillage. Rien n’a été modifié.\n`)
    expect(existsSync(path.join(folder, 'data'))).toBe(false)
  })

  it.each([
    ['postgresql://a:b@127.0.0.1:1/x', 'ne répond pas'],
    ['mysql://serveur/base', 'n’est pas une adresse PostgreSQL'],
  ])('DATABASE_URL=%s : une phrase', async (url, sentence) => {
    const { code, err } = await maillage(['migrate'], { DATABASE_URL: url })
    expect(code).toBe(1)
    expect(err).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('le médecin sort avec 1 quand il y a à corriger', async () => {
    const { code, out } = await maillage(['doctor'], { DATA_DIR: temporaryFolder(), SMTP_URL: 'courrier' })
    expect(code).toBe(1)
    expect(out).toContain('✗ SMTP_URL n’est pas une adresse de serveur de courrier')
  })
})
