import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'

interface Props {
  title: string
  sentence: string
  href: string
}

/**
 * Goes to the provider by itself. Not by a redirect of the form: `form-action 'self'` would stop it, here or at the next site of the
 * chain, which nobody can list.
 */
export const Elsewhere = ({ title, sentence, href }: Props) => (
  <div className="stack">
    <title>{title}</title>
    <meta httpEquiv="refresh" content={`0;url=${href}`} />
    <h1>{title}</h1>
    <p className="lead">
      <Fr>{sentence}</Fr>
    </p>
    <p>
      <Link href={href}>Continuer</Link>
    </p>
  </div>
)

/** For who came to such a page by its address. */
export const ByButton = ({ title, sentence }: Omit<Props, 'href'>) => (
  <div className="stack">
    <title>{title}</title>
    <h1>{title}</h1>
    <p className="lead">
      <Fr>{sentence}</Fr>
    </p>
    <p>
      <Link href="/connexion">Page de connexion</Link>
    </p>
  </div>
)
