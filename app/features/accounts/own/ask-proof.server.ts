import { redirect } from 'react-router'

/** To the page that asks who one is again, then back. */
export const askProof = (next: string) => redirect(`/connexion/confirmer?suite=${encodeURIComponent(next)}`)
