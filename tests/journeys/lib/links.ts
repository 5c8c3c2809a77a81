/** Addresses of this house that a page links to, and the parts of itself that it names without having them. */
export function linksOf(html: string): { within: string[]; missingParts: string[] } {
  const all = [...html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))
  return {
    within: all.filter((href) => /^\/(?!\/)|^\?/.test(href)),
    missingParts: all.filter((href) => href.startsWith('#') && href !== '#' && !ids.has(href.slice(1))),
  }
}

/** Two links of each shape are enough: the same page draws them all. */
export function fewOfEach(paths: readonly string[]): string[] {
  const shapes = new Map<string, string[]>()
  for (const path of new Set(paths)) {
    const known = shapes.get(shapeOf(path)) ?? []
    if (known.length < 2) shapes.set(shapeOf(path), [...known, path])
  }
  return [...shapes.values()].flat()
}

const shapeOf = (path: string) => {
  const [pathname = '', query = ''] = path.split('#')[0]!.split('?')
  const names = [...new Set(new URLSearchParams(query).keys())].toSorted()
  return `${pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '0').replace(/^\/agenda\/(?!mois|annee)[\w-]+/, '/agenda/0')}?${names.join('&')}`
}
