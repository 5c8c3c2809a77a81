import { Button } from '#app/ui/button.tsx'
import { Section } from '#app/ui/content.tsx'
import { Checkbox, RadioGroup } from '#app/ui/choices.tsx'
import { FieldRow } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { NumberField, type Option, Select } from '#app/ui/inputs.tsx'
import { badgeFormats } from './options.ts'

interface SheetFormProps {
  id: string
  sessions: readonly Option[]
  onsite: number
  remote: number
  hybrid: boolean
}

/** Its answer is a file: a plain form, that opens it beside the page. */
export function SheetForm({ id, sessions, onsite, remote, hybrid }: SheetFormProps) {
  const expected = hybrid ? onsite : onsite + remote
  return (
    <Section title="Feuille d’émargement" id="feuille">
      <p className="soft">
        <Fr>
          {`${plural(expected, 'personne attendue', 'personnes attendues')} : nom, organisation, fonction et une case pour signer, rien d’autre. Une feuille par séance et par jour.`}
        </Fr>
      </p>
      <form method="get" action={`/bureau/activites/${id}/presence/feuille.pdf`} target="_blank" className="stack">
        {sessions.length > 1 && (
          <Select name="seance" label="Séance" placeholder="Toutes les séances" options={sessions} defaultValue="" />
        )}
        <FieldRow>
          <NumberField
            name="lignes"
            label="Lignes libres"
            hint="Pour qui vient sans s’être inscrit."
            defaultValue="6"
            min={0}
            max={60}
          />
          <Select
            name="colonnes"
            label="Signatures"
            hint="Deux cases quand la journée dure."
            options={[
              { value: 'auto', label: 'Selon la durée' },
              { value: 'une', label: 'Une par jour' },
              { value: 'deux', label: 'Matin et après-midi' },
            ]}
            defaultValue="auto"
          />
        </FieldRow>
        <Checkbox name="grand" label="Grands caractères" hint="Des lignes plus hautes, lisibles de loin." />
        {hybrid && remote > 0 && (
          <Checkbox
            name="distance"
            label={`Avec ${plural(remote, 'personne inscrite', 'personnes inscrites')} à distance`}
          />
        )}
        <div className="row">
          <Button type="submit" look="primary">
            Ouvrir la feuille (PDF)
          </Button>
        </div>
      </form>
    </Section>
  )
}

export const BadgesForm = ({ id, onsite }: { id: string; onsite: number }) => (
  <Section title="Badges" id="badges">
    <p className="soft">
      <Fr>
        {`${plural(onsite, 'personne attendue', 'personnes attendues')} sur place, plus les intervenant·es du programme et la personne responsable.`}
      </Fr>
    </p>
    <form method="get" action={`/bureau/activites/${id}/presence/badges.pdf`} target="_blank" className="stack">
      <RadioGroup
        name="format"
        label="Planche"
        defaultValue="10"
        inline
        options={(['10', '8'] as const).map((value) => ({ value, label: badgeFormats[value].label }))}
      />
      <RadioGroup
        name="qui"
        label="Pour qui"
        defaultValue="tous"
        inline
        options={[
          { value: 'tous', label: 'Tout le monde' },
          { value: 'inscrits', label: 'Les personnes inscrites' },
          { value: 'intervenants', label: 'Les intervenant·es et l’équipe' },
        ]}
      />
      <FieldRow>
        <NumberField
          name="debut"
          label="Commencer à la case"
          hint="Pour finir une planche entamée : les cases se comptent de gauche à droite."
          defaultValue="1"
          min={1}
          max={10}
        />
        <NumberField
          name="vierges"
          label="Badges vierges"
          hint="À remplir à la main, à l’accueil."
          defaultValue="0"
          min={0}
          max={100}
        />
      </FieldRow>
      <RadioGroup
        name="code"
        label="Code d’entrée"
        hint="Le même que dans le message de confirmation : l’accueil le lit avec la caméra."
        defaultValue="oui"
        inline
        options={[
          { value: 'oui', label: 'Sur le badge' },
          { value: 'non', label: 'Sans code' },
        ]}
      />
      <Checkbox name="reperes" label="Repères de coupe" hint="Pour du papier épais à couper soi-même." />
      <div className="row">
        <Button type="submit" look="primary">
          Ouvrir les badges (PDF)
        </Button>
      </div>
    </form>
  </Section>
)
