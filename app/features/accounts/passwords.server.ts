import { hash, verify } from '@node-rs/argon2'

// argon2id, 19 MiB and two passes: the defaults of the library, made explicit because the tables keep what they give.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Runs in the library's own threads: the process goes on answering. */
export const hashPassword = (password: string) => hash(password, COST)

let nobody: Promise<string> | undefined

/**
 * Whether this is the password. Without an account, or without a password chosen yet, as much work is done on a hash that is
 * nobody's: the time of the answer does not say which addresses exist.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('personne n’a ce mot de passe')
  const right = await verify(stored ?? (await nobody), password)
  return right && stored != null
}
