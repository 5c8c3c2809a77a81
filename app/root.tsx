import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  type LinksFunction,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from 'react-router'
import type { Route } from './+types/root'
import { requestContext, webRequest } from './platform/request-context.server.ts'
import { readCentre } from './platform/settings.server.ts'
import { headLinks, hueStyle } from './ui/head.ts'
import { LinkButton } from './ui/button.tsx'
import { SkipLink } from './ui/navigation.tsx'

export const links: LinksFunction = () => [{ rel: 'icon', href: '/marque.svg', type: 'image/svg+xml' }, ...headLinks]

export async function loader({ context }: Route.LoaderArgs) {
  const { name, hueBrand, hueSecond } = await readCentre(context.get(requestContext).db)
  return { name, hueBrand, hueSecond, nonce: context.get(webRequest).nonce }
}

/** The identity does not change while one works. */
export const shouldRevalidate = () => false

/** Pages of the office hydrate; public pages come without any script. A layout says so with `handle = { hydrated: true }`. */
const useHydrated = () => useMatches().some(({ handle }) => (handle as { hydrated?: boolean } | undefined)?.hydrated)

export function Layout({ children }: { children: ReactNode }) {
  const known = useRouteLoaderData<typeof loader>('root')
  const hydrated = useHydrated()
  return (
    <html lang="fr" style={hueStyle(known?.hueBrand ?? 38, known?.hueSecond ?? 205)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        {hydrated && <meta property="csp-nonce" nonce={known?.nonce} content={known?.nonce} />}
        <Meta />
        <Links nonce={hydrated ? known?.nonce : undefined} />
      </head>
      <body>
        {children}
        {hydrated && <ScrollRestoration nonce={known?.nonce} />}
        {hydrated && <Scripts nonce={known?.nonce} />}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

const titles: Record<number, string> = {
  400: 'Cette demande n’est pas lisible',
  403: 'Cette action ne vous est pas permise',
  404: 'Cette page n’existe pas',
  405: 'Cette adresse ne s’utilise pas ainsi',
  410: 'Ce lien n’est plus valable',
  413: 'Cet envoi est trop volumineux',
  429: 'Trop de demandes en peu de temps',
  503: 'Le service reprend dans un instant',
}

/** React Router's own sentences are in English: only ours, which are text, are shown. */
const sentenceOf = (error: unknown) =>
  isRouteErrorResponse(error) && typeof error.data === 'string' && !error.data.startsWith('Error: ') ? error.data : null

/** What one reads when a page cannot be shown: what happened, and where to go from there. */
export function Trouble({ error, homeHref = '/' }: { error: unknown; homeHref?: string }) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  const title =
    titles[status] ?? (status < 500 ? 'Cette demande n’a pas pu être traitée' : 'Quelque chose n’a pas fonctionné')
  const usual =
    status < 500
      ? 'Vérifiez l’adresse, ou repartez de l’accueil.'
      : 'Rien n’a été perdu. Réessayez dans un instant ; si cela continue, prévenez l’équipe.'
  return (
    <div className="wrap narrow stack space">
      <title>{title}</title>
      <h1>{title}</h1>
      <p className="lead">{sentenceOf(error) ?? usual}</p>
      <p>
        <LinkButton href={homeHref}>Revenir à l’accueil</LinkButton>
      </p>
    </div>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <>
      <SkipLink />
      <main id="contenu">
        <Trouble error={error} />
      </main>
    </>
  )
}
