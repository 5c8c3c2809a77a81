import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { data as answer } from 'react-router'
import { fileName } from '../export.server.ts'
import { reportError } from '../log.server.ts'
import type { Centre } from '../settings.server.ts'
import { Drawing, PdfFailure } from './drawing.server.ts'

const drawing = new Drawing({ timeLimit: 60_000, maxWaiting: 40, idle: 60_000, maxMemory: 500_000_000 })

export type PdfTemplate = () => string

/** A template of ours, by its address in the project: `#app/features/…/sheet.typ`. Read at each use: it is a few kilobytes. */
export const pdfTemplate =
  (address: string): PdfTemplate =>
  () =>
    readFileSync(createRequire(import.meta.url).resolve(address), 'utf8')

/** What every paper of the house says and wears. */
export interface House {
  name: string
  address: string
  email: string
  hueBrand: number
  hueSecond: number
}

export const houseOf = ({ name, address, email, hueBrand, hueSecond }: Centre): House => ({
  name,
  address,
  email,
  hueBrand,
  hueSecond,
})

/**
 * Draws a document, tagged and conforming to PDF/UA-1; the same data gives the same bytes. `data` reaches the template as values,
 * through JSON: no text in it is ever read as code. Throws a PdfFailure.
 */
export function renderPdf(
  template: PdfTemplate,
  data: Record<string, unknown> & { house: House },
): Promise<Uint8Array> {
  return drawing.draw(template(), JSON.stringify(data))
}

/** The answer of a page that gives a PDF; shown in the browser, where it can be printed at once. */
export async function pdfResponse(name: string, render: () => Promise<Uint8Array>): Promise<Response> {
  try {
    const pdf = await render()
    return new Response(Buffer.from(pdf), { headers: pdfHeaders(name, pdf.length) })
  } catch (error) {
    if (!(error instanceof PdfFailure)) throw error
    if (error.problem !== 'busy') reportError(error)
    throw answer('Ce document n’a pas pu être préparé. Réessayez dans un instant.', { status: 503 })
  }
}

/** No `sandbox`: a browser would refuse to show it. What these bytes hold is ours, and has no script. */
const pdfHeaders = (name: string, length: number) => ({
  'content-type': 'application/pdf',
  'content-length': String(length),
  'content-disposition': `inline; filename="${fileName(name, 'pdf')}"`,
  'content-security-policy': "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex',
})
