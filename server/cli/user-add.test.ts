import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from './command.ts'
import { readArguments } from './user-add.ts'
import { hold, root, stop, temporaryFolder } from '#tests/engine/processes.ts'

/** As a person types it, through the launcher. */
function maillage(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'bin/maillage.mjs'), ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

const add = (...more: string[]) => ['user', 'add', ...more]
const names = ['--prenom', 'Inès', '--nom', 'Caumont', '--role', 'administration']

test('ouvre un compte pendant que l’application tient le dossier', {
  timeout: 90_000,
}, async () => {
  const dataDir = temporaryFolder()
  const env = { DATA_DIR: dataDir, BASE_URL: 'https://reseau.example.org' }
  const holder = await hold(dataDir)
  try {
    const made = await maillage(add('Ines.Caumont@example.org', ...names), env)
    expect(made).toMatchObject({ code: 0 })
    expect(made.out).toMatch(/^https:\/\/reseau\.example\.org\/connexion\/invitation\/[\w-]{43}\n$/)
    expect(made.err).toContain('Remettez ce lien à Inès Caumont')

    const again = await maillage(add('ines.caumont@example.org', ...names), env)
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toContain('L’adresse ines.caumont@example.org a déjà un compte.')
  } finally {
    await stop(holder)
  }
})

test.each([
  [[], 'Il manque l’adresse électronique.'],
  [['ines@example.org'], 'Il manque --prenom.'],
  [['ines@example.org', '--prenom', 'Inès', '--nom', 'Caumont'], 'Il manque --role.'],
  [['ines@example.org', '--prenom'], 'Il manque --prenom.'],
  [['ines', ...names], 'Cette adresse électronique n’est pas valable.'],
  [['ines@example.org', 'deux', ...names], '« deux » est en trop.'],
  [['ines@example.org', ...names, '--force'], 'L’option --force n’existe pas.'],
  [['ines@example.org', ...names.slice(0, 4), '--role', 'chef'], 'Le rôle « chef » n’existe pas. Rôles possibles'],
])('user add %j : dit ce qui manque', (args, sentence) => {
  expect(() => readArguments(args)).toThrow(UsageError)
  expect(() => readArguments(args)).toThrow(sentence)
})

test('un dossier mal écrit ne devient pas une maison neuve ; un oubli sort avec 2', async () => {
  expect(await maillage(add('ines@example.org'), {})).toMatchObject({ code: 2, out: '' })
  const { code, err } = await maillage(add('ines@example.org', ...names), { DATA_DIR: temporaryFolder() })
  expect(code).toBe(1)
  expect(err).toContain('Il n’y a pas de données dans')
})
