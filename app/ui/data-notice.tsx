import { Fr } from './fr.tsx'
import { Link } from './link.tsx'

/** Under a form: what the answers serve, who answers for them, where the rest is said. */
export const DataNotice = ({ sentences, controller }: { sentences: readonly string[]; controller: string }) => (
  <p className="small soft">
    <Fr>{[...sentences, `Responsable : ${controller}.`].join(' ')}</Fr>{' '}
    <Link href="/donnees-personnelles">Vos droits</Link>
  </p>
)
