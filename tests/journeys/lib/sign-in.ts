import { demoPassword, demoTeam } from '#app/demo/accounts.server.ts'
import type { Role } from '#app/platform/permissions.ts'
import { ask } from './ask.ts'

/** The session cookie of the demonstration's account of this role. */
export async function signIn(url: string, role: Role): Promise<string> {
  const { email } = demoTeam.find((member) => member.role === role)!
  const { status, headers } = await ask(`${url}/connexion`, { form: { email, password: demoPassword } })
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .find((pair) => pair.startsWith('maillage='))
  if (status !== 302 || !cookie) throw new Error(`${role} could not sign in: ${status}`)
  return cookie
}
