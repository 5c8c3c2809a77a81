import { Button } from '#app/ui/button.tsx'
import script from './passkey.js?url'

interface Props {
  purpose: 'entrer' | 'etape' | 'preuve' | 'nouvelle'
  label: string
  next: string
  nonce: string
  look?: 'primary' | 'quiet'
}

/** Hidden until its script knows that the browser can do it. */
export const PasskeyButton = ({ purpose, label, next, nonce, look = 'quiet' }: Props) => (
  <div className="stack">
    <div hidden>
      <Button type={purpose === 'nouvelle' ? 'submit' : 'button'} look={look} data-passkey={purpose} data-next={next}>
        {label}
      </Button>
    </div>
    <p role="status" data-passkey-says="" />
    <script type="module" src={script} nonce={nonce} />
  </div>
)
