/** What a table sent by somebody is read as, whatever wrote it. */
export interface SheetRow {
  /** As a spreadsheet numbers it, the first line being 1. */
  line: number
  /** Text of each cell; dates as « 2022-11-24 » or « 2022-11-24 14:30 », empty cells at the end left out. */
  cells: string[]
}

/** A file on disk, or its bytes. Its name is shown, never believed. */
export type SheetFile = { path: string; name: string } | { bytes: Uint8Array; name: string }

export type SheetEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export const separators = [';', ',', '\t', '|'] as const
export type Separator = (typeof separators)[number]

export interface ReadOptions {
  /** Name of the sheet of an Excel file; the first visible one unless given. */
  sheet?: string
  encoding?: SheetEncoding
  separator?: Separator
}

export interface SheetDescription {
  kind: 'csv' | 'xlsx'
  /** null for an Excel file. */
  encoding: SheetEncoding | null
  separator: Separator | null
  /** Sheets one may choose, those that are shown; none for a CSV. */
  sheets: string[]
  /** The first rows that say something, titles and header included. */
  preview: SheetRow[]
}

/** Why a file cannot be read. */
export type SheetProblem =
  | { type: 'empty' }
  | { type: 'old-excel' }
  | { type: 'encrypted' }
  | { type: 'open-document' }
  | { type: 'web-page' }
  | { type: 'not-a-table' }
  | { type: 'unreadable' }
  | { type: 'too-large' }
  | { type: 'unpacks-too-large' }
  | { type: 'entities' }
  | { type: 'no-such-sheet'; sheet: string }
  | { type: 'unclosed-quotes'; line: number }
  | { type: 'line-too-long'; line: number }
  | { type: 'cell-too-long'; line: number }
  | { type: 'too-many-columns'; line: number }
  | { type: 'too-many-rows' }

/** Thrown by whoever reads rows: a file may turn out to be unreadable at its last line. */
export class SheetRefusal extends Error {
  override name = 'SheetRefusal'
  readonly problem: SheetProblem
  constructor(problem: SheetProblem) {
    super(problem.type)
    this.problem = problem
  }
}

export const refuse = (problem: SheetProblem): never => {
  throw new SheetRefusal(problem)
}

export const sheetLimits = {
  /** Of the file as it is sent. */
  bytes: 50 * 1024 * 1024,
  rows: 200_000,
  columns: 256,
  cell: 32_767,
  /** One line of a CSV, in characters. */
  record: 262_144,
  /** What one part of an Excel file may unpack to. */
  sheetBytes: 512 * 1024 * 1024,
  sharedBytes: 96 * 1024 * 1024,
  partBytes: 8 * 1024 * 1024,
  /** Past 16 MB, an honest part is never packed better than this. */
  packing: 120,
} as const

/** The French sentence of a file that cannot be read. */
export function sheetSentence(problem: SheetProblem): string {
  switch (problem.type) {
    case 'empty':
      return 'Ce fichier est vide.'
    case 'old-excel':
      return 'Ce fichier est d’un ancien format d’Excel (.xls). Ouvrez-le, enregistrez-le au format «\u00a0Classeur Excel (.xlsx)\u00a0», puis recommencez.'
    case 'encrypted':
      return 'Ce fichier est protégé par un mot de passe. Ôtez la protection, enregistrez-le, puis recommencez.'
    case 'open-document':
      return 'Ce fichier est un classeur LibreOffice (.ods). Enregistrez-le au format .xlsx ou CSV, puis recommencez.'
    case 'web-page':
      return 'Ce fichier porte le nom d’un tableau, mais c’est une page web. Ouvrez-le dans un tableur, enregistrez-le au format .xlsx, puis recommencez.'
    case 'not-a-table':
      return 'Ce fichier n’est pas un tableau\u202f: un fichier Excel (.xlsx) ou CSV est attendu.'
    case 'unreadable':
      return 'Ce fichier est abîmé\u202f: il ne se lit pas jusqu’au bout. Ouvrez-le dans un tableur, enregistrez-le de nouveau, puis recommencez.'
    case 'too-large':
      return 'Ce fichier est trop lourd (50 Mo au plus). Coupez-le en plusieurs fichiers.'
    case 'unpacks-too-large':
      return 'Ce classeur, une fois déplié, est démesuré\u202f: il n’a pas été lu. Enregistrez la seule feuille utile au format CSV.'
    case 'entities':
      return 'Ce classeur contient des définitions qu’aucun tableur n’écrit\u202f: il n’a pas été lu.'
    case 'no-such-sheet':
      return `La feuille «\u00a0${problem.sheet}\u00a0» n’est pas dans ce classeur.`
    case 'unclosed-quotes':
      return `Ligne ${problem.line}\u202f: un guillemet s’ouvre et ne se referme jamais. Ôtez-le, puis recommencez.`
    case 'line-too-long':
      return `La ligne ${problem.line} est démesurée\u202f: ce fichier n’est sans doute pas un tableau.`
    case 'cell-too-long':
      return `Ligne ${problem.line}\u202f: une case contient plus de 32 767 signes.`
    case 'too-many-columns':
      return `La ligne ${problem.line} a plus de 256 colonnes remplies. Gardez les colonnes utiles, puis recommencez.`
    case 'too-many-rows':
      return 'Ce fichier a plus de 200 000 lignes. Coupez-le en plusieurs fichiers.'
    default:
      return problem satisfies never
  }
}
