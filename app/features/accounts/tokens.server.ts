import { createHash, randomBytes } from 'node:crypto'

const FORM = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits: nobody guesses one, so that its plain SHA-256 is all the tables need to hold. */
export const newToken = () => randomBytes(32).toString('base64url')

export const isToken = (text: string | null | undefined): text is string => typeof text === 'string' && FORM.test(text)

/** What the tables hold: someone who reads them, or a backup, cannot enter. Looking a hash up says nothing of the token by its timing. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
