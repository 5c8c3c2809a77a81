import { Combobox } from '#app/ui/client/combobox.tsx'
import { Section } from '#app/ui/content.tsx'
import { FormActions } from '#app/ui/form-layout.tsx'
import { nb } from '#app/ui/french.ts'
import { GetForm, Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Twin } from '../duplicates.server.ts'
import { places } from './places.ts'
import type { Entity } from './rules.ts'

/** First the records that look like this one, then any other. */
export function OtherRecord({ entity, id, twins }: { entity: Entity; id: string; twins: readonly Twin[] }) {
  const { path, noun, source } = places[entity]
  return (
    <>
      {twins.length > 0 && (
        <Section title="Fiches qui se ressemblent">
          <ul className="lines">
            {twins.map((twin) => (
              <li key={twin.id}>
                <Link href={`${path}/${id}/fusionner?avec=${twin.id}`}>{twin.label}</Link>{' '}
                <span className="small soft">{twin.detail}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={twins.length > 0 ? 'Une autre fiche' : nb('Avec quelle fiche ?')}>
        <GetForm className="stack">
          <Combobox
            name="avec"
            label={noun === 'personne' ? 'Personne' : 'Organisation'}
            source={source}
            hint="Tapez quelques lettres de son nom."
          />
          <FormActions>
            <SubmitButton>Comparer les deux fiches</SubmitButton>
          </FormActions>
        </GetForm>
      </Section>
    </>
  )
}
