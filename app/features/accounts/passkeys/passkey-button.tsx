import { Button } from '#app/ui/button.tsx'
import script from './passkey.js?url'

interface Props {
  purpose: 'entrer' | 'etape' | 'preuve' | 'nouvelle'
  label: string
  next: string
  look?: 'primary' | 'quiet'
}

/** Hidden until its script knows that the browser can do it. */
export const PasskeyButton = ({ purpose, label, next, look = 'quiet' }: Props) => (
  <div hidden>
    <Button type={purpose === 'nouvelle' ? 'submit' : 'button'} look={look} data-passkey={purpose} data-next={next}>
      {label}
    </Button>
  </div>
)

/** What the script says, once on the page that has the button; and the script. */
export const PasskeyScript = ({ nonce }: { nonce: string }) => (
  <>
    <p role="status" data-passkey-says="" />
    <script type="module" src={script} nonce={nonce} />
  </>
)
