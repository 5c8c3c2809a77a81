import { Agent, request } from 'node:http'

export interface Answer {
  status: number
  location: string | null
  text: string
}

/** A visitor behind a proxy: their own address, a connection for each request. */
export class Visitor {
  readonly #agent = new Agent({ keepAlive: false })
  readonly #ip: string

  constructor(number: number) {
    this.#ip = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  }

  get = (url: string) => this.#ask(url, 'GET')

  post = (url: string, form: Record<string, string>) => this.#ask(url, 'POST', new URLSearchParams(form).toString())

  close = () => this.#agent.destroy()

  #ask(url: string, method: string, body?: string): Promise<Answer> {
    const form =
      body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }
    const headers = { ...form, 'x-forwarded-for': this.#ip }
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers, agent: this.#agent }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, text }),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

/** The registration form as a visitor finds it, filled; null where it cannot be reached. */
export async function openForm(visitor: Visitor, url: string, slug: string, number: number) {
  const { text } = await visitor.get(`${url}/agenda/${slug}/inscription`)
  const jeton = /name="jeton" value="([^"]+)"/.exec(text)?.[1]
  if (!jeton) throw new Error(`no form in: ${text.slice(0, 300)}`)
  return {
    jeton,
    givenName: 'Dominique',
    familyName: `Visite ${number}`,
    email: `visite-${number}@exemple.test`,
    organisation: `Association ${number % 10}`,
    function: 'Chargée de projet',
    profileId: 'profil:association',
    departementId: 'dep-34',
  }
}
