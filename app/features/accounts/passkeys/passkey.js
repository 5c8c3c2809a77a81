/**
 * Passkeys on the pages of the door, which have no other script. A button with `data-passkey` shows itself where the browser knows
 * passkeys; without this file the page works as before.
 */
const address = '/connexion/cle.json'

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const described = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }))

const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  allowCredentials: described(options.allowCredentials),
  excludeCredentials: described(options.excludeCredentials),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
})

const fields = ['authenticatorData', 'clientDataJSON', 'signature', 'userHandle', 'attestationObject']

function answered({ id, rawId, type, response, authenticatorAttachment }) {
  const given = fields.filter((field) => response[field]).map((field) => [field, text(response[field])])
  const transports = response.getTransports?.()
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment: authenticatorAttachment ?? undefined,
    response: { ...Object.fromEntries(given), ...(transports && { transports }) },
  }
}

async function send(purpose, body) {
  const answer = await fetch(`${address}?pour=${purpose}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(said.sentence ?? 'Quelque chose n’a pas fonctionné. Réessayez dans un instant.')
  return said
}

let waiting

/** `mediation: 'conditional'`: the key is offered in the field of the address, and nothing opens by itself. */
async function use(purpose, extra, mediation) {
  waiting?.abort()
  const mine = new AbortController()
  waiting = mine
  const publicKey = asked(await send(purpose, {}))
  const { signal } = mine
  const credential =
    purpose === 'nouvelle'
      ? await navigator.credentials.create({ publicKey, signal })
      : await navigator.credentials.get({ publicKey, signal, mediation })
  const { to } = await send(purpose, { answer: answered(credential), ...extra })
  location.assign(to)
}

const GIVEN_UP = 'La clé d’accès n’a pas été donnée. Réessayez, ou entrez autrement.'
const TWICE = 'Cet appareil a déjà une clé d’accès pour ce compte.'

function explain(error) {
  if (error.name === 'InvalidStateError') return TWICE
  return ['NotAllowedError', 'AbortError', 'SecurityError'].includes(error.name) ? GIVEN_UP : error.message
}

function prepare(button) {
  const { passkey: purpose, next } = button.dataset
  const says = document.querySelector('[data-passkey-says]')
  const form = button.closest('form')
  const act = async (event) => {
    event.preventDefault()
    if (form && !form.reportValidity()) return
    const name = form?.elements.namedItem('name')?.value
    button.disabled = true
    says.textContent = ''
    try {
      await use(purpose, { next, name })
    } catch (error) {
      says.textContent = explain(error)
      button.disabled = false
    }
  }
  button.parentElement.hidden = false
  if (form && purpose === 'nouvelle') form.addEventListener('submit', act)
  else button.addEventListener('click', act)
  if (purpose === 'entrer') offerInField(next)
}

async function offerInField(next) {
  const able = await PublicKeyCredential.isConditionalMediationAvailable?.()
  if (!able) return
  try {
    await use('entrer', { next }, 'conditional')
  } catch (error) {
    const says = document.querySelector('[data-passkey-says]')
    if (error.name === 'Error') says.textContent = error.message
  }
}

if (globalThis.PublicKeyCredential && navigator.credentials)
  for (const button of document.querySelectorAll('[data-passkey]')) prepare(button)
