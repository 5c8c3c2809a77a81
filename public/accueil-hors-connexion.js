// Keeps the page of one door on the device, so that it opens again through a network cut. Registered by that page, for its own
// address only. It holds the page and its files, never the list of people: that is in a database of the page, wiped each day.
const nameOf = (pathname) => `accueil ${pathname}`
const PATIENCE = 4000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { type, page, files } = event.data ?? {}
  if (type !== 'keep') return
  const answer = (word) => event.ports[0]?.postMessage(word)
  event.waitUntil(
    keep(page, files).then(
      () => answer('kept'),
      () => answer('failed'),
    ),
  )
})

async function keep(page, files) {
  const cache = await caches.open(nameOf(page))
  const wanted = new Set(files)
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname !== page && !wanted.has(pathname)) await cache.delete(request)
  }
  const missing = []
  for (const file of files) if (!(await cache.match(file))) missing.push(file)
  await Promise.all([cache.addAll(missing), keepPage(cache, page)])
}

async function keepPage(cache, page) {
  const response = await fetch(page, { credentials: 'same-origin' })
  if (response.ok && !response.redirected) await cache.put(page, response)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(pageOf(request, pathname))
  else if (pathname.startsWith('/assets/') || pathname === '/marque.svg') event.respondWith(fileOf(request))
})

// The network first: what is kept is for when it does not answer, or the server restarts.
async function pageOf(request, pathname) {
  const kept = async () => (await caches.open(nameOf(pathname))).match(pathname)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
    if (response.status >= 500) return (await kept()) ?? response
    if (response.status === 404 || response.status === 410) await caches.delete(nameOf(pathname))
    return response
  } catch {
    return (await kept()) ?? Response.error()
  }
}

// Names under /assets follow their content: what is kept is what would be sent.
const fileOf = async (request) => (await caches.match(request)) ?? fetch(request)
