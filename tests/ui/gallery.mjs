// The design system on a few screens, without database: `node tests/ui/gallery.mjs [port]`, then /site, /figures, /list, /attendance,
// /forms, /personal (?theme=dark). Public pages come without script.
import { createServer as createHttp } from 'node:http'
import react from 'react-dom/server'
import { createElement } from 'react'
import { createServer } from 'vite'

const port = Number(process.argv[2] ?? 4400)
const vite = await createServer({
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  logLevel: 'warn',
})
const { pages } = await vite.ssrLoadModule('/tests/ui/gallery.tsx')
const found = {
  groups: [
    {
      label: 'Personnes',
      items: [{ id: '1', label: 'Nadia Serrano', detail: 'Cheffe de projet, Tarn', href: '/p/1' }],
    },
    {
      label: 'Activités',
      items: [{ id: '2', label: 'Femmes et espaces publics', detail: 'Séminaire, 24 novembre 2022', href: '/a/2' }],
    },
  ],
}

function document(name, theme) {
  const script = ['site', 'personal'].includes(name) ? '' : '<script type="module" src="/tests/ui/client.tsx"></script>'
  return `<!doctype html><html lang="fr"${theme ? ` data-theme="${theme}"` : ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Galerie : ${name}</title><link rel="stylesheet" href="/app/ui/styles/index.css">${script}</head><body><div id="gallery" data-page="${name}">${react.renderToString(createElement(pages[name]))}</div></body></html>`
}

createHttp((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const name = url.pathname.slice(1) || 'site'
  const json = {
    'found.json': found,
    'items.json': [
      { id: '3', label: 'Association Les Passerelles', detail: 'Nîmes (30)' },
      { id: '4', label: 'Commune de Lavaur', detail: 'Tarn' },
    ],
  }[name]
  if (json) return response.setHeader('content-type', 'application/json').end(JSON.stringify(json))
  if (!(name in pages)) return vite.middlewares(request, response)
  response.setHeader('content-type', 'text/html; charset=utf-8').end(document(name, url.searchParams.get('theme')))
}).listen(port, () => console.log(`http://localhost:${port}/site`))
