import type { Limit } from '#app/platform/rate-limit.server.ts'

/** Codes cannot be guessed; this keeps one from trying, and from being read in bulk by whoever holds many. */
export const verifyLimit: Limit = { name: 'certificate-code', max: 60, seconds: 600 }

/** A drawing costs a few hundredths of a second of the server. */
export const drawLimit: Limit = { name: 'certificate-pdf', max: 40, seconds: 600 }
