import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { type CsvError, readCsv } from './read-csv.server.ts'
import type { Result } from '#app/platform/result.ts'

/** The files of app/features/territory/data, see its README. */

const siren = z.string().regex(/^\d{9}$/, 'not a SIREN')
const departement = z.string().regex(/^(\d{2,3}|2[AB])$/, 'not a département')
const count = z
  .string()
  .regex(/^\d{1,8}$/, 'not a count')
  .transform(Number)
const day = z.iso.date('not a day')

export const qpvRow = z.object({
  code_qp: z.string().regex(/^QP\d{6}$/, 'not a QPV'),
  nom_qp: z.string().min(1),
  code_commune: z.string().regex(/^(\d{5}|2[AB]\d{3})$/, 'not a commune'),
  /** Several when the quarter lies on several. */
  commune: z
    .string()
    .min(1)
    .transform((names) => names.split(/\s*,\s*/).filter(Boolean)),
  code_departement: departement,
  pop_mun_2015: count,
  siren_epci_2022: siren,
  nom_epci_2022: z.string().min(1),
  type_epci: z.string().min(1),
})

export const contractRow = z.object({
  code_cv: z.string().regex(/^CV\d{3}$/, 'not a contrat de ville'),
  /** « 34 - CA du Bassin de Thau » */
  libelle: z
    .string()
    .min(1)
    .transform((label) => label.replace(/^(\d{2,3}|2[AB]) - /, '')),
  siren_epci_2015: siren,
  code_departement: departement,
  pop_qpv: count,
})

export const successionRow = z.object({ siren_ancien: siren, siren_nouveau: siren, jour: day })
export const correctionRow = z.object({ code_qp: z.string(), code_cv: z.string() })

export type Qpv = z.output<typeof qpvRow>
export type Contract = z.output<typeof contractRow>
export type Succession = z.output<typeof successionRow>

export interface CityPolicy {
  qpvs: Qpv[]
  contracts: Contract[]
  successions: Succession[]
  /** Contract of a QPV, where its EPCI does not tell. */
  corrections: ReadonlyMap<string, string>
}

export function readCityPolicy(only?: readonly string[]): CityPolicy {
  const here = (row: { code_departement: string }) => !only || only.includes(row.code_departement)
  return {
    qpvs: readData('qpv-occitanie-2015', qpvRow).filter(here),
    contracts: readData('contrats-de-ville-occitanie-2015', contractRow).filter(here),
    successions: readData('epci-successions', successionRow),
    corrections: new Map(readData('qpv-contrats-corrections', correctionRow).map((row) => [row.code_qp, row.code_cv])),
  }
}

function readData<Schema extends z.ZodObject>(name: string, row: Schema): z.output<Schema>[] {
  const file = createRequire(import.meta.url).resolve(`#app/features/territory/data/${name}.csv`)
  return orThrow(readCsv(readFileSync(file, 'utf8'), row), name)
}

/** Our own files: a row that does not fit is a defect of the release. */
function orThrow<Value>(result: Result<Value, CsvError>, name: string): Value {
  if (result.ok) return result.value
  const { line, column, problem } = result.error
  throw new Error(`${name}.csv, line ${line}, column ${column}: ${problem}`)
}
