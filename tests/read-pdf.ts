import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface ReadPdf {
  title: string
  language: string | null
  /** PDF/UA-1 is claimed in its metadata. */
  claimsUa: boolean
  tagged: boolean
  /** What is written, page by page, on one line. */
  pages: string[]
  /** What a screen reader meets, in its order: « H1 », « Table », « TH »… */
  roles: string[][]
  /** Alternative texts of pictures. */
  alternatives: string[]
  bookmarks: string[]
  /** Width and height of each page, in points. */
  sizes: [number, number][]
}

interface Node {
  role?: string
  alt?: string
  children?: Node[]
}

/** A PDF read back by another library than the one that made it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: bytes.slice(), disableFontFace: true, useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  try {
    const { info, metadata } = await document.getMetadata()
    const markings = await document.getMarkInfo()
    const facts = info as { Title?: string; Language?: string }
    const read: ReadPdf = {
      title: facts.Title ?? '',
      language: facts.Language ?? null,
      claimsUa: /<pdfuaid:part>1</.test(metadata?.getRaw() ?? ''),
      tagged: Boolean(markings?.Marked),
      pages: [],
      roles: [],
      alternatives: [],
      bookmarks: ((await document.getOutline()) ?? []).flatMap(titlesOf),
      sizes: [],
    }
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      read.pages.push(
        items
          .map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
          .join('')
          .replace(/\s+/g, ' '),
      )
      const nodes = flat((await page.getStructTree()) as Node | null)
      read.roles.push(nodes.flatMap(({ role }) => (role ? [role] : [])))
      read.alternatives.push(...nodes.flatMap(({ alt }) => (alt ? [alt] : [])))
      const [, , width, height] = page.view
      read.sizes.push([width!, height!])
    }
    return read
  } finally {
    await task.destroy()
  }
}

const flat = (node: Node | null): Node[] => (node ? [node, ...(node.children ?? []).flatMap(flat)] : [])

interface Bookmark {
  title: string
  items?: Bookmark[]
}
const titlesOf = ({ title, items = [] }: Bookmark): string[] => [title, ...items.flatMap(titlesOf)]
