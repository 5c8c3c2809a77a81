import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import type { Entity } from './rules.ts'

const sameness: Record<Entity, string> = {
  person: 'le même nom et la même adresse électronique',
  organisation: 'le même nom, et le même SIREN ou la même adresse électronique',
}

/** All those that nobody needs to look at, at once; the question says how many. */
export const CertainPairs = ({ entity, count, atOnce }: { entity: Entity; count: number; atOnce: number }) => (
  <ConfirmForm
    label={`Fusionner ${plural(count, 'paire certaine', 'paires certaines')}…`}
    question={
      <Fr>
        {`${plural(count, 'paire a', 'paires ont')} ${sameness[entity]}. Dans chacune, la fiche la plus remplie est gardée, et reprend de l’autre ce qui lui manque. Chaque fusion peut être défaite.` +
          (count > atOnce ? ` Les ${formatNumber(atOnce)} premières sont fusionnées maintenant.` : '')}
      </Fr>
    }
    confirmLabel={`Fusionner ${plural(Math.min(count, atOnce), 'paire')}`}
    values={{ intent: 'certain', count: String(count) }}
    danger={false}
  />
)
