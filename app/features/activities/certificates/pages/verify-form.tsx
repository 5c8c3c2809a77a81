import { data, redirect } from 'react-router'
import { Button } from '#app/ui/button.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { readCode } from '../code.ts'
import type { Route } from './+types/verify-form'

const WRONG =
  'Un code compte douze lettres et chiffres, comme K7QM-2XHB-9TRW. Recopiez-le depuis le bas de l’attestation.'

export function loader({ url }: Route.LoaderArgs) {
  const typed = url.searchParams.get('code')
  if (typed === null) return { typed: '', errors: undefined }
  const code = readCode(typed)
  if (code) throw redirect(`/attestations/${code}`)
  return data({ typed: typed.slice(0, 60), errors: [WRONG] }, { status: 400 })
}

/** Whoever was handed a certificate types its code here. */
export default function VerifyForm({ loaderData: { typed, errors } }: Route.ComponentProps) {
  return (
    <div className="wrap narrow stack space">
      <title>Vérifier une attestation</title>
      <meta name="robots" content="noindex" />
      <h1>Vérifier une attestation</h1>
      <p className="lead">
        <Fr>
          Chaque attestation de présence porte un code. Il dit si elle est authentique, et si elle est toujours valable.
        </Fr>
      </p>
      <form method="get" noValidate className="stack">
        <TextField
          name="code"
          label="Code de l’attestation"
          hint="Douze lettres et chiffres, en bas du document ; tirets et majuscules n’ont pas d’importance."
          defaultValue={typed}
          errors={errors}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          width="medium"
        />
        <div>
          <Button type="submit" look="primary">
            Vérifier
          </Button>
        </div>
      </form>
    </div>
  )
}
