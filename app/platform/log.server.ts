/** A defect, on the standard error: what broke and the number of the request, nothing of who asked or what was sent. */
export function reportError(error: unknown, requestId?: string): void {
  const trace = error instanceof Error ? withoutData(error) : String(error)
  console.error(JSON.stringify({ level: 'error', at: new Date().toISOString(), requestId, trace }))
}

/** PostgreSQL's « detail » quotes the row, and Drizzle's message the parameters: neither is kept. */
function withoutData(error: Error): string {
  const { code, constraint } = error as { code?: string; constraint?: string }
  const first = error.message.split(/\n?params:/i)[0]
  const frames =
    error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n') ?? ''
  const cause = error.cause instanceof Error ? `\ncaused by ${withoutData(error.cause)}` : ''
  return `${error.name}: ${first}${code ? ` [${code}${constraint ? ` ${constraint}` : ''}]` : ''}\n${frames}${cause}`
}
