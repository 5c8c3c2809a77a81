import type { Route } from './+types/home'
import { requestContext } from '../platform/request-context.server.ts'
import { readCentre } from '../platform/settings.server.ts'
import { LinkButton } from '../ui/button.tsx'
import { Fr } from '../ui/fr.tsx'
import { Weave } from '../ui/weave.tsx'

export const loader = async ({ context }: Route.LoaderArgs) => readCentre(context.get(requestContext).db)

export default function Home({ loaderData: { name, presentation } }: Route.ComponentProps) {
  return (
    <div className="wrap">
      <title>{name}</title>
      <section className="hero two">
        <div className="stack">
          <h1>{name}</h1>
          {presentation && (
            <p className="lead">
              <Fr>{presentation}</Fr>
            </p>
          )}
          <p>
            <LinkButton href="/agenda" look="primary">
              Voir l’agenda
            </LinkButton>
          </p>
        </div>
        <Weave id={name} />
      </section>
    </div>
  )
}
