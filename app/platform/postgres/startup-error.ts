/**
 * A reason not to start that the person in front of the screen can act on: one French sentence, printed without a stack.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}

export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '')
}
