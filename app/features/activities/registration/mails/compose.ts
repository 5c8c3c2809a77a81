import { QR_CID } from '#app/platform/mail-parts.ts'
import { nb } from '#app/ui/french.ts'

/** A mail is written once, as paragraphs, facts and one thing to do; its two forms follow. */
export type Block =
  | { kind: 'text'; text: string }
  /** Written by the team: its addresses can be clicked. */
  | { kind: 'prose'; text: string }
  | { kind: 'facts'; facts: [label: string, value: string][] }
  | { kind: 'link'; label: string; href: string; main?: boolean }
  /** The code of the mail (see platform/mail), shown in its HTML; `text` says the same to who reads without images. */
  | { kind: 'qr'; text: string }

export const text = (words: string): Block => ({ kind: 'text', text: words })
export const prose = (words: string): Block => ({ kind: 'prose', text: words })
export const facts = (list: [string, string | null | false | undefined][]): Block => ({
  kind: 'facts',
  facts: list.filter((fact): fact is [string, string] => Boolean(fact[1])),
})
export const link = (label: string, href: string, main = false): Block => ({ kind: 'link', label, href, main })

export const qr = (words: string): Block => ({ kind: 'qr', text: words })

export const textOf = (blocks: readonly Block[]): string => `${blocks.map(plain).join('\n\n')}\n`

function plain(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'prose':
    case 'qr':
      return nb(block.text)
    case 'facts':
      return block.facts.map(([label, value]) => nb(`${label} : ${value}`)).join('\n')
    case 'link':
      return nb(`${block.label} :\n`) + block.href
    default:
      return block satisfies never
  }
}

/** Tables and inline styles only: what mail readers of every age understand. */
export const htmlOf = (blocks: readonly Block[]): string =>
  `<!doctype html><html lang="fr"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#222"><div style="max-width:36em">${blocks.map(rich).join('')}</div></body></html>`

function rich(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${lines(block.text)}</p>`
    case 'qr':
      return `<p><img src="cid:${QR_CID}" width="180" height="180" alt="Code à présenter à l’entrée" style="display:block;background:#fff"></p><p>${lines(block.text)}</p>`
    case 'prose':
      return `<p>${linked(lines(block.text))}</p>`
    case 'facts':
      return `<table role="presentation" style="border-collapse:collapse;margin:16px 0">${block.facts.map(fact).join('')}</table>`
    case 'link':
      return `<p><a href="${escape(block.href)}"${block.main ? ' style="font-weight:bold"' : ''}>${lines(block.label)}</a></p>`
    default:
      return block satisfies never
  }
}

const fact = ([label, value]: [string, string]) =>
  `<tr><td style="padding:4px 16px 4px 0;color:#555;vertical-align:top">${lines(label)}</td><td style="padding:4px 0">${lines(value)}</td></tr>`

/** Addresses in a text already made safe; the sign that ends a sentence is no part of them. */
const linked = (safe: string) =>
  safe.replace(/https?:\/\/[^\s<"]*[^\s<".,;:!?)»\u00a0\u202f]/g, (address) => `<a href="${address}">${address}</a>`)

const lines = (words: string) => escape(nb(words)).replaceAll('\n', '<br>')

const escape = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
