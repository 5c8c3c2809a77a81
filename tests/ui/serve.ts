// The design system on a few screens, without database: `node tests/ui/serve.ts [port]`, then /site, /figures, /list, /attendance,
// /forms, /personal (?theme=dark). Public pages come without script.
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createElement, type ComponentType } from 'react'
import { renderToString } from 'react-dom/server'
import { createServer } from 'vite'

const person = { id: '1', label: 'Nadia Serrano', detail: 'Cheffe de projet, Tarn', href: '/p/1' }
const activity = { id: '2', label: 'Femmes et espaces publics', detail: 'Séminaire, 24 novembre 2022', href: '/a/2' }
const answers: Record<string, unknown> = {
  '/found.json': {
    groups: [
      { label: 'Personnes', items: [person] },
      { label: 'Activités', items: [activity] },
    ],
  },
  '/items.json': [
    { id: '3', label: 'Association Les Passerelles', detail: 'Nîmes (30)' },
    { id: '4', label: 'Commune de Lavaur', detail: 'Tarn' },
  ],
}

const PUBLIC = ['site', 'personal']

function documentOf(name: string, page: ComponentType, theme: string | null) {
  const forced = theme === 'dark' || theme === 'light' ? ` data-theme="${theme}"` : ''
  const script = PUBLIC.includes(name) ? '' : '<script type="module" src="/tests/ui/client.tsx"></script>'
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Galerie : ${name}</title>`
  const style = '<link rel="icon" href="data:,"><link rel="stylesheet" href="/app/ui/styles/index.css">'
  const body = `<div id="gallery" data-page="${name}">${renderToString(createElement(page))}</div>`
  return `<!doctype html><html lang="fr"${forced}><head>${head}${style}${script}</head><body>${body}</body></html>`
}

export async function startGallery(port = 0) {
  const vite = await createServer({
    configFile: false,
    cacheDir: 'node_modules/.vite-gallery',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { include: ['react-dom/client', 'react-aria-components', 'react-router', 'd3-scale'] },
    appType: 'custom',
    logLevel: 'error',
  })
  const { pages } = (await vite.ssrLoadModule('/tests/ui/gallery.tsx')) as { pages: Record<string, ComponentType> }
  const server = createHttp((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const page = pages[url.pathname.slice(1)]
    if (url.pathname in answers)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[url.pathname]))
    else if (!page) vite.middlewares(request, response)
    else
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(documentOf(url.pathname.slice(1), page, url.searchParams.get('theme')))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await vite.close()
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages: Object.keys(pages), close }
}

if (import.meta.main) console.log((await startGallery(Number(process.argv[2] ?? 4400))).address)
