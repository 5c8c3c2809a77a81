import { Button } from '#app/ui/button.tsx'

interface Props {
  label: string
  /** Where to go once inside. */
  next: string
  purpose: 'sign-in' | 'link'
}

/** A plain form: the page that answers leads to the provider. */
export const IdentityButton = ({ label, next, purpose }: Props) => (
  <form method="post" action="/connexion/identite" className="stack">
    <input type="hidden" name="suite" value={next} />
    <input type="hidden" name="pour" value={purpose} />
    <div>
      <Button type="submit" look={purpose === 'sign-in' ? 'quiet' : 'primary'}>
        {purpose === 'sign-in' ? `S’identifier avec ${label}` : `Relier avec ${label}`}
      </Button>
    </div>
  </form>
)
