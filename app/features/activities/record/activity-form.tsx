import { Form } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { Checkbox, CheckboxGroup, RadioGroup } from '#app/ui/choices.tsx'
import { FieldRow, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { DateTimeField, NumberField, Select, TextArea, TextField } from '#app/ui/inputs.tsx'
import type { Option, OptionGroup } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { modeLabels, optionsOf, roleLabels, scaleLabels, visibilityLabels } from '../labels.ts'
import type { FormOptions } from './form-options.server.ts'
import type { FormState } from './form-state.ts'
import { EnterSaves, LineList } from './line-list.tsx'
import { type Line, linesOf, textOf } from './lines.ts'
import { FindOrType, LeadField, TerritoriesField } from './pickers.tsx'
import { SessionLines } from './session-lines.tsx'

export interface ActivityFormProps {
  id: string
  version: string
  typed: Line
  errors: FormState['errors']
  options: FormOptions
  /** Words for the ids that stand in the form. */
  names: Record<string, string>
}

/** The whole record, in the order one thinks of it. */
export function ActivityForm({ id, version, options, ...form }: ActivityFormProps) {
  const { typed, errors } = form
  return (
    <Form method="post" noValidate>
      <EnterSaves />
      <input type="hidden" name="version" value={version} />
      <Essentials {...form} options={options} />
      <FormSection title="Quand" detail="Une ligne par séance. Les demi-journées en sont calculées.">
        <div id="seances">
          <SessionLines lines={linesOf(typed, 'sessions')} errors={errors} />
        </div>
      </FormSection>
      <Where {...form} options={options} />
      <Presentation {...form} />
      <Ties {...form} options={options} />
      <Registration {...form} />
      <FormActions>
        <SubmitButton name="intent" value="save" pendingLabel="Enregistrement…">
          Enregistrer
        </SubmitButton>
        <LinkButton href={`/bureau/activites/${id}`}>Abandonner</LinkButton>
      </FormActions>
    </Form>
  )
}

type PartProps = Omit<ActivityFormProps, 'id' | 'version' | 'options'>
type WithOptions = PartProps & { options: FormOptions }

/** Props of one field, by its name. */
const fieldOf =
  ({ typed, errors }: PartProps) =>
  (name: string, label: string) => ({ name, label, errors: errors[name], defaultValue: textOf(typed, name) })

const flat = (options: readonly (Option | OptionGroup)[]): readonly Option[] =>
  options.flatMap((option) => ('options' in option ? option.options : [option]))

const Essentials = ({ options, ...form }: WithOptions) => {
  const field = fieldOf(form)
  return (
    <FormSection title="Quoi">
      <TextField {...field('title', 'Titre')} required maxLength={200} />
      <FieldRow>
        <Select {...field('kindId', 'Type')} required options={options.kinds} />
        <Select {...field('mode', 'Format')} required options={optionsOf(modeLabels)} />
      </FieldRow>
      <FieldRow>
        <Select {...field('role', 'Rôle du centre')} required options={optionsOf(roleLabels)} />
        <Select {...field('scale', 'Échelle')} required options={optionsOf(scaleLabels)} />
      </FieldRow>
      <FieldRow>
        <Select {...field('mainThemeId', 'Thème principal')} optional placeholder="Aucun" options={options.themes} />
        <Select {...field('seriesId', 'Série')} optional placeholder="Aucune" options={options.series} />
      </FieldRow>
      <LeadField lead={namedOf(form, 'leadPersonId')} leads={options.leads} errors={form.errors.leadPersonId} />
    </FormSection>
  )
}

function namedOf({ typed, names }: PartProps, name: string) {
  const id = textOf(typed, name)
  return id ? { id, label: names[id] ?? 'Personne inconnue' } : null
}

const Where = ({ options, ...form }: WithOptions) => {
  const field = fieldOf(form)
  return (
    <FormSection title="Où" detail="Le lien de connexion n’est donné qu’aux personnes inscrites à distance.">
      <TextField {...field('place', 'Lieu')} optional maxLength={200} />
      <TextField {...field('address', 'Adresse')} optional maxLength={300} />
      <Select
        {...field('departementId', 'Département')}
        hint="Celui où les demi-journées sont comptées."
        optional
        placeholder="Aucun"
        options={options.departements}
        width="medium"
      />
      <TextField {...field('remoteLink', 'Lien de connexion')} optional inputMode="url" maxLength={1000} />
      <h3>Messages selon la participation</h3>
      <TextArea
        {...field('onsiteNote', 'Pour venir')}
        hint="Accès, salle, repas… Pour les personnes qui ont une place sur place, et elles seules."
        optional
        rows={3}
        maxLength={2000}
      />
      <TextArea
        {...field('remoteNote', 'Pour se connecter')}
        hint="Conseils de connexion, pour les personnes qui ont une place à distance, et elles seules."
        optional
        rows={3}
        maxLength={2000}
      />
      <TextField {...field('remoteTestLink', 'Lien d’essai')} optional inputMode="url" maxLength={1000} />
    </FormSection>
  )
}

const Presentation = (form: PartProps) => {
  const field = fieldOf(form)
  return (
    <FormSection title="Présentation" detail="Ce que lisent les visiteurs du site.">
      <TextArea {...field('summary', 'Résumé')} optional rows={2} maxLength={500} />
      <TextArea {...field('description', 'Présentation')} optional rows={6} maxLength={10_000} />
      <RadioGroup {...field('visibility', 'Visibilité')} required options={optionsOf(visibilityLabels)} />
    </FormSection>
  )
}

const listOf = ({ typed }: PartProps, name: string): string[] => {
  const value = typed[name]
  return typeof value === 'string' ? [value].filter(Boolean) : ((value ?? []) as string[])
}

const Ties = ({ options, ...form }: WithOptions) => {
  const { typed, errors, names } = form
  return (
    <FormSection title="Thèmes, territoires, partenaires">
      <details className="more" open={listOf(form, 'themeIds').length > 0 || errors.themeIds !== undefined}>
        <summary>Autres thèmes</summary>
        <CheckboxGroup
          name="themeIds"
          label="Autres thèmes"
          options={flat(options.themes)}
          defaultValue={listOf(form, 'themeIds')}
          errors={errors.themeIds}
          inline
        />
      </details>
      <TerritoriesField
        chosen={listOf(form, 'territoryIds').map((id) => ({ id, label: names[id] ?? id }))}
        typed={textOf(typed, 'territoryName')}
        errors={errors.territoryIds}
        addErrors={errors.territoryName}
      />
      <div>
        <h3>Partenaires</h3>
        <LineList
          path="partners"
          lines={linesOf(typed, 'partners')}
          title="Partenaire"
          addLabel="Ajouter un partenaire"
          blank={false}
        >
          {(line, nameOf) => <PartnerLine line={line} nameOf={nameOf} errors={errors} />}
        </LineList>
      </div>
    </FormSection>
  )
}

interface PartnerLineProps {
  line: Line
  nameOf: (field: string) => string
  errors: FormState['errors']
}

const PartnerLine = ({ line, nameOf, errors }: PartnerLineProps) => {
  const name = nameOf('organisationName')
  return (
    <>
      <FieldRow>
        <FindOrType
          label="Organisation"
          required
          idName={nameOf('organisationId')}
          textName={name}
          id={textOf(line, 'organisationId')}
          text={textOf(line, 'organisationName')}
          source="/bureau/organisations.json"
          errors={errors[name]}
        />
        <TextField
          name={nameOf('part')}
          label="Ce qu’elle apporte"
          placeholder="Accueil, cofinancement, animation…"
          optional
          defaultValue={textOf(line, 'part')}
          errors={errors[nameOf('part')]}
        />
      </FieldRow>
      {errors[name] && !textOf(line, 'organisationId') && (
        <Checkbox name={nameOf('addIt')} label="Ajouter cette organisation à l’annuaire" />
      )}
    </>
  )
}

const Registration = (form: PartProps) => {
  const field = fieldOf(form)
  const box = (name: string, label: string) => (
    <Checkbox name={name} label={label} defaultChecked={textOf(form.typed, name) !== ''} errors={form.errors[name]} />
  )
  return (
    <FormSection title="Inscriptions" detail="Sans nombre de places, chacun peut s’inscrire.">
      {box('registrationOpen', 'Ouvrir les inscriptions en ligne')}
      <DateTimeField
        {...field('registrationClosesAt', 'Clôture')}
        hint="Au début de l’activité si rien n’est dit."
        optional
      />
      <FieldRow>
        <NumberField {...field('capacityOnsite', 'Places sur place')} optional />
        <NumberField {...field('capacityRemote', 'Places à distance')} optional />
      </FieldRow>
      {box('waitingList', 'Tenir une liste d’attente quand c’est complet')}
      {box('askAccessibility', 'Demander les besoins d’accessibilité')}
      {box('askPhotos', 'Demander l’accord pour les photos')}
    </FormSection>
  )
}
