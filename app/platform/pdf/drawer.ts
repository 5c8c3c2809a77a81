/**
 * The process that draws: Typst is a native library whose call cannot be interrupted, so it runs where it can be killed and where a
 * crash of its own takes nothing down. It reads the fonts and the style of the house beside this file, and nothing else.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { undrawable, withoutSigns } from './drawable.ts'

export interface DrawRequest {
  id: number
  source: string
  /** JSON: data only ever reaches a template as values, never as code. */
  data: string
}

export type DrawAnswer = { id: number; memory: number } & (
  | { ok: true; pdf: Uint8Array }
  | { ok: false; problem: string }
)

const folder = import.meta.dirname

function openCompiler() {
  const fonts = path.join(folder, 'fonts')
  const faces = readdirSync(fonts).filter((name) => name.endsWith('.ttf'))
  const fontBlobs = faces.map((name) => readFileSync(path.join(fonts, name)))
  return NodeCompiler.create({ workspace: path.join(folder, 'style'), fontArgs: [{ fontBlobs }] })
}

const compiler = openCompiler()

/** A sign that no font has would make an unreadable PDF, which the standard refuses: it is taken out, and the sheet still comes. */
function draw(source: string, data: string): { ok: true; pdf: Uint8Array } | { ok: false; problem: string } {
  let text = data
  for (let attempt = 0; ; attempt += 1) {
    const drawn = compile(source, text)
    const signs = drawn.ok || attempt === 3 ? [] : undrawable(drawn.problem)
    if (signs.length === 0) return drawn
    text = withoutSigns(text, signs)
  }
}

function compile(source: string, data: string) {
  const compiled = compiler.compile({ mainFileContent: source, inputs: { data }, resetRead: true })
  const document = compiled.result
  if (!document) {
    const diagnostics = compiled.takeDiagnostics()
    return { ok: false as const, problem: diagnostics ? said(diagnostics) : 'no document' }
  }
  try {
    return { ok: true as const, pdf: new Uint8Array(compiler.pdf(document, { pdfStandard: 'ua-1' })) }
  } catch (error) {
    return { ok: false as const, problem: sentencesOf((error as Error).message) }
  }
}

/** An export that fails says it as Rust prints it: only its sentences are kept. */
const sentencesOf = (printed: string) =>
  [...printed.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, message]) => message).join('; ') || printed

type Diagnostics = Parameters<typeof compiler.fetchDiagnostics>[0]

function said(diagnostics: Diagnostics): string {
  const list = compiler.fetchDiagnostics(diagnostics) as {
    message: string
    path: string
    range?: { start: { line: number } }
  }[]
  return list.map(({ message, range }) => `${message} (line ${(range?.start.line ?? -1) + 1})`).join('; ')
}

process.on('message', ({ id, source, data }: DrawRequest) => {
  const drawn = draw(source, data)
  // What Typst remembers of a document holds names, and memory.
  compiler.evictCache(0)
  process.send!({ id, memory: process.memoryUsage.rss(), ...drawn } satisfies DrawAnswer)
})
process.on('disconnect', () => process.exit(0))
