import pg from 'pg'
import { isErrno, StartupError } from './startup-error.ts'

export const OLDEST_SERVER = 15

/** The server of DATABASE_URL, once it has answered and is recent enough; else one sentence. */
export async function reachServer(url: string): Promise<{ connection: pg.PoolConfig; version: string }> {
  const connection = { connectionString: requireUrl(url) }
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; number: number }>(
      "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
    )
    const { version = '', number = 0 } = rows[0] ?? {}
    if (number >= OLDEST_SERVER * 10_000) return { connection, version }
    throw new StartupError(
      `Maillage demande PostgreSQL ${OLDEST_SERVER} ou plus récent ; celui de DATABASE_URL est en version ${version}.`,
    )
  } catch (error) {
    throw explain(error)
  } finally {
    await client.end().catch(() => {})
  }
}

function requireUrl(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url
  throw new StartupError(
    'DATABASE_URL n’est pas une adresse PostgreSQL : attendu « postgresql://compte:motdepasse@serveur:5432/base ».',
  )
}

function explain(error: unknown): unknown {
  if (error instanceof StartupError || !(error instanceof Error)) return error
  const code = (error as { code?: string }).code ?? ''
  if (
    isErrno(error, 'ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET') ||
    /timeout|terminated/.test(error.message)
  ) {
    return new StartupError(
      'Le serveur PostgreSQL de DATABASE_URL ne répond pas : vérifiez qu’il est démarré et joignable.',
    )
  }
  if (isErrno(error, 'ENOTFOUND', 'EAI_AGAIN'))
    return new StartupError('Le nom du serveur de DATABASE_URL est inconnu : vérifiez l’adresse.')
  if (code.startsWith('28'))
    return new StartupError('Le serveur PostgreSQL refuse le compte ou le mot de passe de DATABASE_URL.')
  if (code === '3D000')
    return new StartupError('La base indiquée par DATABASE_URL n’existe pas sur ce serveur : créez-la, puis relancez.')
  return new StartupError(`Le serveur PostgreSQL de DATABASE_URL refuse la connexion : « ${error.message} ».`)
}
