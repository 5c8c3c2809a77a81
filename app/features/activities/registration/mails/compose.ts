import { nb } from '#app/ui/french.ts'

/** A mail is written once, as paragraphs, facts and one thing to do; its two forms follow. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'facts'; facts: [label: string, value: string][] }
  | { kind: 'link'; label: string; href: string; main?: boolean }

export const text = (words: string): Block => ({ kind: 'text', text: words })
export const facts = (list: [string, string | null | false | undefined][]): Block => ({
  kind: 'facts',
  facts: list.filter((fact): fact is [string, string] => Boolean(fact[1])),
})
export const link = (label: string, href: string, main = false): Block => ({ kind: 'link', label, href, main })

export const textOf = (blocks: readonly Block[]): string => `${blocks.map(plain).join('\n\n')}\n`

function plain(block: Block): string {
  switch (block.kind) {
    case 'text':
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

const lines = (words: string) => escape(nb(words)).replaceAll('\n', '<br>')

const escape = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
