import { SaxesParser } from 'saxes'
import { refuse, SheetRefusal } from './sheet.ts'

export interface XmlEvents {
  open: (name: string, attributes: Record<string, string>) => void
  close: (name: string) => void
  text: (text: string) => void
}

/**
 * Reads XML by pieces. Names lose their prefix (some programs write `x:row`); a document type is refused whole, so that nothing
 * is ever expanded from within the file.
 */
export function xmlReader(events: XmlEvents): { write(chunk: Uint8Array): void; end(): void } {
  const parser = new SaxesParser({ position: false })
  const decoder = new TextDecoder()
  parser.on('doctype', () => refuse({ type: 'entities' }))
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => events.open(plain(tag.name), tag.attributes as Record<string, string>))
  parser.on('closetag', (tag) => events.close(plain(tag.name)))
  parser.on('text', events.text)
  parser.on('cdata', events.text)
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      throw error instanceof SheetRefusal ? error : new SheetRefusal({ type: 'unreadable' })
    }
  }
  return {
    write: (chunk) => guarded(() => void parser.write(decoder.decode(chunk, { stream: true }))),
    end: () => guarded(() => void parser.write(decoder.decode()).close()),
  }
}

export function readXml(text: string, open: XmlEvents['open']): void {
  const reader = xmlReader({ open, close: () => {}, text: () => {} })
  reader.write(new TextEncoder().encode(text))
  reader.end()
}

const plain = (name: string) => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
