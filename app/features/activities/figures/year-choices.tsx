import { Button } from '#app/ui/button.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { GetForm, Link } from '#app/ui/link.tsx'
import { perimeterLabels } from './axes.ts'
import { type Asked, EVERYTHING } from './hrefs.ts'
import type { YearPage } from './year-page.server.ts'

const pick = (asked: Asked, axis: string) => asked.filters[axis]?.[0] ?? ''

/** Bounds the whole page; sent by GET, so that the view can be shared. */
export const Choices = ({ page: { asked, perimeter, choices, axes } }: { page: YearPage }) => (
  <details className="screen-only space-top" open={perimeter !== null || Object.keys(asked.filters).length > 0}>
    <summary>Restreindre à un périmètre, un thème, un département…</summary>
    <GetForm className="filters space-top" action="/bureau/chiffres" aria-label="Restreindre les chiffres" stay>
      <input type="hidden" name="annee" value={asked.year} />
      <input type="hidden" name="lignes" value={axes[0]} />
      <input type="hidden" name="colonnes" value={axes[1]} />
      <Select
        name="perimetre"
        label="Périmètre"
        defaultValue={perimeter ?? ''}
        placeholder="Celui de chaque chiffre"
        options={[
          ...Object.entries(perimeterLabels).map(([value, label]) => ({ value, label })),
          { value: EVERYTHING, label: 'Toutes les activités' },
        ]}
      />
      <Select
        name="theme"
        label="Thème"
        defaultValue={pick(asked, 'theme')}
        placeholder="Tous"
        options={choices.theme}
      />
      <Select
        name="departement"
        label="Département"
        defaultValue={pick(asked, 'departement')}
        placeholder="Tous"
        options={choices.departement}
      />
      <Select name="type" label="Type" defaultValue={pick(asked, 'type')} placeholder="Tous" options={choices.type} />
      <Select name="mode" label="Format" defaultValue={pick(asked, 'mode')} placeholder="Tous" options={choices.mode} />
      <div className="row filters-end">
        <Button type="submit" look="quiet">
          Restreindre
        </Button>
        {(perimeter || Object.keys(asked.filters).length > 0) && (
          <Link href={`/bureau/chiffres?annee=${asked.year}`}>Tout voir</Link>
        )}
      </div>
    </GetForm>
  </details>
)
