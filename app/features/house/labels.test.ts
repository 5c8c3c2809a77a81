import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { actionLabels, entityLabels, purposeLabels } from './labels.ts'

/** The sources of the application, tests and fixtures left aside. */
const sources = readdirSync('app', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.|fixtures/.test(entry.name))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))

/** Every quoted word that matches, on the lines that set the property. */
const said = (property: string, word: RegExp) =>
  [...new Set(sources.flatMap((text) => text.match(new RegExp(`\\b${property}: [^\\n]*`, 'g')) ?? []))]
    .flatMap((line) => [...line.matchAll(/'([^']+)'/g)].map(([, value]) => value!))
    .filter((value) => word.test(value))

test('chaque action que le code trace a son nom en français', () => {
  const actions = said('action', /^[a-z]+\.[a-z-]+$/)
  expect(actions.length).toBeGreaterThan(20)
  expect(actions.filter((action) => !(action in actionLabels))).toEqual([])
})

test('chaque sorte de fiche que le journal peut citer a son nom', () => {
  const recording = sources.filter((text) => text.includes('recordChange('))
  const entities = recording.flatMap((text) =>
    [...text.matchAll(/\bentity: '([a-z-]+)'/g)].map(([, entity]) => entity!),
  )
  expect([...new Set(entities)].filter((entity) => !(entity in entityLabels))).toEqual([])
})

test('chaque message que le code écrit a son nom', () => {
  const queued = sources.flatMap((text) => text.match(/queueMail\([^;]{0,300}/g) ?? [])
  const purposes = queued.flatMap((call) =>
    [...call.matchAll(/\bpurpose: '([a-z.-]+)'/g)].map(([, purpose]) => purpose!),
  )
  expect(purposes.length).toBeGreaterThan(0)
  expect(purposes.filter((purpose) => !(purpose in purposeLabels))).toEqual([])
})
