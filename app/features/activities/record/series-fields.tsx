import { TextArea, TextField } from '#app/ui/inputs.tsx'
import type { FormState } from './form-state.ts'
import { type Line, textOf } from './lines.ts'

export const SeriesFields = ({ typed, errors }: { typed: Line; errors: FormState['errors'] }) => (
  <>
    <TextField
      name="title"
      label="Titre"
      required
      maxLength={200}
      defaultValue={textOf(typed, 'title')}
      errors={errors.title}
    />
    <TextArea
      name="description"
      label="Présentation"
      optional
      rows={3}
      maxLength={4000}
      defaultValue={textOf(typed, 'description')}
      errors={errors.description}
    />
  </>
)
