/** What the document’s head takes from the design system: one stylesheet, two faces. */
import display from './fonts/bricolage-grotesque.woff2?url'
import text from './fonts/figtree.woff2?url'
import stylesheet from './styles/index.css?url'

const font = (href: string) =>
  ({ rel: 'preload', href, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' }) as const

export const headLinks = [font(text), font(display), { rel: 'stylesheet', href: stylesheet } as const]

/** On <html>: the two hues of the centre, from its settings. */
export const hueStyle = (brand: number, second: number) =>
  ({ '--hue-brand': brand, '--hue-second': second }) as Record<string, number>
