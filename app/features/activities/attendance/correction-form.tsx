import { Form } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/choices.tsx'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { DescriptionList, Section, Timeline } from '#app/ui/content.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { type Option, type OptionGroup, Select, TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { AttendanceRecord } from './attendance-record.server.ts'
import { attendanceActionLabels, attendanceFieldLabels, attendanceValue } from './trace-labels.ts'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'

const labels = { fonction: 'Fonction', organisation: 'Organisation', profil: 'Profil', departement: 'Département' }

interface CorrectionFormProps {
  record: AttendanceRecord
  profiles: readonly (Option | OptionGroup)[]
  departements: readonly Option[]
  mayWrite: boolean
  failure?: { errors: Record<string, string[]>; values: Record<string, string | string[]> }
  back: string
}

/** What the row copied of the person, mended: the figures of that year follow, nothing else moves. */
export function CorrectionForm({ record, profiles, departements, mayWrite, failure, back }: CorrectionFormProps) {
  const { snapshot, words } = record
  if (!mayWrite) return <Facts situation={snapshot} words={words} />
  const value = (name: string, now: string | null) => String(failure?.values[name] ?? now ?? '')
  const errors = failure?.errors
  return (
    <Form method="post" className="stack">
      <ErrorSummary errors={errors} labels={labels} />
      <TextField
        name="fonction"
        label="Fonction"
        defaultValue={value('fonction', snapshot.function)}
        errors={errors?.fonction}
        maxLength={200}
      />
      <OrganisationField
        record={record}
        typed={value('organisation', snapshot.organisationName)}
        errors={errors?.organisation}
      />
      <Select
        name="profil"
        label="Profil"
        options={profiles}
        placeholder="À préciser"
        defaultValue={value('profil', snapshot.profileId)}
        errors={errors?.profil}
      />
      <Select
        name="departement"
        label="Département"
        hint="Celui de l’employeur, sinon celui de la personne."
        options={departements}
        placeholder="À préciser"
        defaultValue={value('departement', snapshot.departementId)}
        errors={errors?.departement}
      />
      <Checkbox
        name="annuaire"
        label="Noter aussi cette situation dans l’annuaire"
        hint="Elle y sera datée du jour de l’activité."
      />
      <FormActions>
        <SubmitButton name="intent" value="corriger">
          Enregistrer
        </SubmitButton>
        <LinkButton href={back}>Revenir à la liste</LinkButton>
      </FormActions>
    </Form>
  )
}

function OrganisationField({ record, typed, errors }: { record: AttendanceRecord; typed: string; errors?: string[] }) {
  const { organisationId: id, organisationName: name } = record.snapshot
  const field = { label: 'Organisation', hint: 'Choisie dans l’annuaire, ou telle qu’elle a été dite.', errors }
  if (!useHydrated()) return <TextField {...field} name="organisation" defaultValue={typed} maxLength={200} />
  return (
    <Combobox
      {...field}
      name="organisationId"
      textName="organisation"
      source="/bureau/organisations.json"
      defaultItem={id && name && typed === name ? { id, label: name } : null}
      defaultText={typed}
      allowsText
    />
  )
}

const Facts = ({ situation, words }: { situation: AttendanceRecord['snapshot']; words: Record<string, string> }) => (
  <DescriptionList
    items={[
      { label: 'Fonction', value: situation.function },
      { label: 'Organisation', value: situation.organisationName },
      { label: 'Profil', value: situation.profileId && (words[situation.profileId] ?? '') },
      { label: 'Département', value: situation.departementId && (words[situation.departementId] ?? '') },
    ]}
  />
)

/** What the directory says of that day, taken over in one gesture when it says something else. */
export function KnownSituation({ record, mayWrite }: { record: AttendanceRecord; mayWrite: boolean }) {
  const { known, snapshot, words } = record
  const nothing = !known.function && !known.profileId && !known.organisationName && !known.departementId
  const same = (['function', 'profileId', 'organisationId', 'organisationName', 'departementId'] as const).every(
    (name) => known[name] === snapshot[name],
  )
  return (
    <Section title="Dans l’annuaire, ce jour-là">
      {nothing ? (
        <p className="soft">L’annuaire ne dit rien de cette personne à cette date.</p>
      ) : (
        <Facts situation={known} words={words} />
      )}
      {!nothing && same && <p className="small soft">La ligne dit la même chose.</p>}
      {!nothing && !same && mayWrite && (
        <Form method="post">
          <input type="hidden" name="fonction" value={known.function ?? ''} />
          <input type="hidden" name="organisationId" value={known.organisationId ?? ''} />
          <input type="hidden" name="organisation" value={known.organisationName ?? ''} />
          <input type="hidden" name="profil" value={known.profileId ?? ''} />
          <input type="hidden" name="departement" value={known.departementId ?? ''} />
          <SubmitButton look="quiet" small name="intent" value="reprendre">
            Reprendre cette situation
          </SubmitButton>
        </Form>
      )}
    </Section>
  )
}

/** Without script, the only way to take a tick away. */
export function Untick({ record }: { record: AttendanceRecord }) {
  if (record.activityStatus === 'cancelled' || !['present', 'excused', 'absent'].includes(record.status)) return null
  return (
    <Section title="Pointage">
      <Form method="post">
        <SubmitButton look="quiet" small name="intent" value="a-pointer">
          Remettre « à pointer »
        </SubmitButton>
      </Form>
    </Section>
  )
}

export function History({ record }: { record: AttendanceRecord }) {
  return (
    <Section title="Historique de la ligne">
      {record.history.length === 0 ? (
        <p className="soft">Rien n’a changé depuis que la ligne existe.</p>
      ) : (
        <Timeline
          entries={record.history.map(({ id, at, actorLabel, action, fields }) => ({
            id: String(id),
            when: <Moment date={at} />,
            who: actorLabel,
            what: attendanceActionLabels[action] ?? 'Inscription modifiée',
            changes: Object.entries(fields).flatMap(([field, [before, after]]) =>
              changeOf(record, field, before, after),
            ),
          }))}
        />
      )}
    </Section>
  )
}

function changeOf({ words }: AttendanceRecord, field: string, before: unknown, after: unknown) {
  const label = attendanceFieldLabels[field]
  // the organisation is told by its name, once
  if (!label || field === 'organisationId') return []
  const word = (value: unknown) => (typeof value === 'string' && words[value]) || attendanceValue(field, value)
  return [{ field: label, before: word(before), after: word(after) }]
}
