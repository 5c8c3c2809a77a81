import { Select, TextField } from '#app/ui/inputs.tsx'
import { FieldRow } from '#app/ui/form-layout.tsx'
import { perimeterLabels, perimeters, type Vocabulary } from './vocabularies.ts'

export interface TermShown {
  id: string
  code: string
  label: string
  parentId: string | null
  attributes: Record<string, string>
  retired: boolean
}

/** « theme:culture » as the beginning of the ids of a form. */
export const idPrefix = (id: string) => id.replace(':', '-')

interface TermFieldsProps {
  vocabulary: Vocabulary
  /** Several forms stand on the page: ids begin with it. */
  prefix: string
  values: { label?: string; parentId?: string | null; anct?: string; perimeter?: string }
  errors?: Record<string, string[]>
  families: readonly TermShown[]
  anct: readonly TermShown[]
}

/** The words of one term, and what its vocabulary adds to them. */
export function TermFields({ vocabulary, prefix, values, errors = {}, families, anct }: TermFieldsProps) {
  const field = (name: 'label' | 'parentId' | 'anct' | 'perimeter') => ({
    name,
    id: `${prefix}-${name}`,
    errors: errors[name],
    defaultValue: values[name] ?? '',
  })
  return (
    <>
      <FieldRow>
        <TextField {...field('label')} label="Nom" required />
        {vocabulary.families && (
          <Select
            {...field('parentId')}
            label="Famille"
            placeholder="Aucune : c’est une famille"
            options={families.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
      </FieldRow>
      {vocabulary.kinds && (
        <FieldRow>
          <Select
            {...field('anct')}
            label="Type du bilan national"
            placeholder="Choisir…"
            required
            options={anct.map(({ code, label }) => ({ value: code, label }))}
          />
          <Select
            {...field('perimeter')}
            label="Se compte dans"
            placeholder="Choisir…"
            required
            options={perimeters.map((value) => ({ value, label: perimeterLabels[value] }))}
          />
        </FieldRow>
      )}
    </>
  )
}
