import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { IdentityProvider } from '#app/platform/context.ts'

/** Who the provider's one button signs in, and what it says of them. */
export interface Person {
  sub: string
  email: string
  email_verified?: boolean
  given_name?: string
  usual_name?: string
  amr?: string[]
  acr?: string
}

export interface LocalProvider {
  settings: IdentityProvider
  /** Decides who comes next. */
  person: Person
  /** Its next userinfo comes with another signature. */
  spoilUserinfo(): void
  /** How long its ID tokens last, in seconds. */
  tokenLife: number
  /** What kind its last userinfo was. */
  readonly userinfoType: string | null
  /** Follows the whole journey as a browser would, from the provider's door; answers the address it sends back to. */
  walk(href: string, options?: { giveUp?: boolean }): Promise<URL>
  close(): Promise<void>
}

interface Known {
  person: Person
  spoil: boolean
  life: number
  type: string | null
}

/** A signed answer whose last signs are changed on the way. */
function watchUserinfo(response: ServerResponse, known: Known) {
  const end = response.end.bind(response) as (body: unknown) => ServerResponse
  response.end = ((body: unknown) => {
    known.type = String(response.getHeader('content-type'))
    const spoilt = known.spoil ? `${String(body).slice(0, -8)}AAAAAAAA` : body
    known.spoil = false
    return end(spoilt)
  }) as typeof response.end
}

const CLIENT = { id: 'maillage', secret: 'secret-des-essais-du-fournisseur' }

/** For tests: a real OpenID provider on this machine, whose userinfo is a signed JWT, as ProConnect's. */
export async function startLocalProvider({ redirectUris }: { redirectUris: string[] }): Promise<LocalProvider> {
  const known: Known = { person: { sub: 'agent-1', email: 'agent@example.org' }, spoil: false, life: 3600, type: null }
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = makeProvider(issuer, redirectUris, known)
  const callback = provider.callback()
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/porte/')) {
      const { sub, amr, acr } = known.person
      const { prompt, params } = await provider.interactionDetails(request, response)
      const grant = new provider.Grant({ accountId: sub, clientId: String(params.client_id) })
      grant.addOIDCScope(String(params.scope))
      const result =
        prompt.name === 'login' ? { login: { accountId: sub, amr, acr } } : { consent: { grantId: await grant.save() } }
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
      return
    }
    if (request.url === '/me') watchUserinfo(response, known)
    callback(request, response)
  }
  const scope = 'openid given_name usual_name email siret uid'
  const settings = {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    label: 'ProConnect',
    scope,
    acrValues: 'eidas1',
  }
  return {
    settings,
    get person() {
      return known.person
    },
    set person(person) {
      known.person = person
    },
    spoilUserinfo: () => void (known.spoil = true),
    get tokenLife() {
      return known.life
    },
    set tokenLife(life) {
      known.life = life
    },
    get userinfoType() {
      return known.type
    },
    walk: (href, options) => walk(href, redirectUris, options),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  } as LocalProvider
}

function makeProvider(issuer: string, redirectUris: string[], known: Known) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'essais' }
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: redirectUris.map((uri) => `${new URL(uri).origin}/connexion`),
        token_endpoint_auth_method: 'client_secret_post',
        userinfo_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['clef-des-essais'] },
    acrValues: ['eidas1', 'eidas2', 'eidas3'],
    claims: {
      email: ['email', 'email_verified'],
      given_name: ['given_name'],
      usual_name: ['usual_name'],
      siret: ['siret'],
      uid: ['uid'],
      openid: ['sub', 'amr', 'acr'],
      acr: null,
    },
    scopes: ['openid', 'email', 'given_name', 'usual_name', 'siret', 'uid'],
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_ctx, { uid }) => `/porte/${uid}` },
    pkce: { required: () => true },
    ttl: {
      IdToken: () => known.life,
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      Interaction: 600,
      Session: 600,
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...known.person, sub, siret: '12345678900011' }) }),
  })
}

async function walk(href: string, redirectUris: string[], { giveUp = false } = {}): Promise<URL> {
  const jar = new Map<string, string>()
  let address = new URL(href)
  for (let hops = 0; hops < 10; hops += 1) {
    if (redirectUris.some((uri) => address.href.startsWith(uri))) return address
    if (giveUp && address.pathname.startsWith('/porte/'))
      return new URL(`${redirectUris[0]}?error=access_denied&state=${new URL(href).searchParams.get('state')}`)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string]
      jar.set(name, value)
    }
    const next = answer.headers.get('location')
    if (!next) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    address = new URL(next, address)
  }
  throw new Error('the provider leads in circles')
}
