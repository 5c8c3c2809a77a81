/**
 * A reason not to start that the person in front of the screen can act on: one French sentence, printed without a stack.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}

export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '')
}

/** For a server that cannot listen: a taken or forbidden port is a sentence, anything else stays what it is. */
export function explainListenError(error: unknown, port: number): unknown {
  if (isErrno(error, 'EADDRINUSE')) {
    return new StartupError(
      `Le port ${port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port (PORT).`,
    )
  }
  if (isErrno(error, 'EACCES')) {
    return new StartupError(
      `Ce compte n’a pas le droit d’écouter sur le port ${port} : choisissez-en un au-dessus de 1023 (PORT).`,
    )
  }
  if (isErrno(error, 'EADDRNOTAVAIL', 'ENOTFOUND')) {
    return new StartupError('L’adresse demandée par HOST n’existe pas sur cette machine : corrigez-la ou retirez-la.')
  }
  return error
}

/** Ends a process that could not start: one sentence for a reason one can act on, the whole trace for a defect. */
export function reportAndFail(error: unknown): void {
  process.stderr.write(`${error instanceof StartupError ? error.message : ((error as Error).stack ?? error)}\n`)
  process.exitCode = 1
}
