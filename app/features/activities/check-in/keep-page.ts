/** The page is kept on the device, so that it opens again without the network. Nobody's name is in it. */

const SCRIPT = '/accueil-hors-connexion.js'

/** Tells the worker what this page is made of; answers once all of it is kept. false where the browser keeps nothing. */
export async function keepPage(): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register(SCRIPT, { scope: location.pathname })
    const { active } = await navigator.serviceWorker.ready
    return active ? await told(active, { type: 'keep', page: location.pathname, files: filesOfPage() }) : false
  } catch {
    return false
  }
}

/** What the page has loaded, by what the browser says of it. */
function filesOfPage(): string[] {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  const ours = loaded.filter(
    ({ origin, pathname }) => origin === location.origin && /^\/(assets\/|marque\.svg$)/.test(pathname),
  )
  return [...new Set(ours.map(({ pathname }) => pathname))]
}

function told(worker: ServiceWorker, message: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => resolve(data === 'kept')
    worker.postMessage(message, [port2])
  })
}

/** The device is handed back: the page and its worker go. */
export async function forgetPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration(location.pathname)
  if (registration?.scope.endsWith(location.pathname)) await registration.unregister()
  await caches.delete(`accueil ${location.pathname}`)
}
