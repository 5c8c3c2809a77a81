import type { Route } from './+types/search'
import { requestContext } from '../platform/request-context.server.ts'
import { EmptyState } from '../ui/feedback.tsx'
import { PageHead, Section } from '../ui/content.tsx'
import { SearchField } from '../ui/inputs.tsx'
import { GetForm, Link } from '../ui/link.tsx'
import { OfficePage } from '../ui/office-shell.tsx'
import { searchEverything } from './search.server.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  const text = (url.searchParams.get('q') ?? '').slice(0, 200)
  return { text, groups: await searchEverything(context.get(requestContext), text, 50) }
}

/** Where Ctrl+K leads without script, and for more than a few answers. */
export default function Search({ loaderData: { text, groups } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Recherche</title>
      <PageHead title="Recherche" />
      <GetForm action="/bureau/recherche">
        <SearchField name="q" label="Chercher" defaultValue={text} />
      </GetForm>
      {groups.map(({ label, items }) => (
        <Section key={label} title={label}>
          <ul className="lines">
            {items.map(({ id, label: name, detail, href }) => (
              <li key={id}>
                <Link href={href}>{name}</Link> {detail && <span className="small soft">{detail}</span>}
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {text.trim() !== '' && groups.length === 0 && (
        <EmptyState title="Rien de ce nom">
          <p>
            Essayez un autre mot, un début de nom ou une commune : les accents et les petites fautes ne comptent pas.
          </p>
        </EmptyState>
      )}
    </OfficePage>
  )
}
