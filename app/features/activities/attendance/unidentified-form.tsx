import { Form } from 'react-router'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { NumberField, Select } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Said } from './page-action.server.ts'
import type { Sheet } from './sheet.server.ts'
import { unidentifiedBases, unidentifiedLabels } from './unidentified.ts'

/** People present who could not be named: shown apart from people, never added to them. */
export function UnidentifiedForm({ sheet, said, readOnly }: { sheet: Sheet; said?: Said; readOnly: boolean }) {
  const { unidentifiedCount: count, unidentifiedBasis: basis } = sheet
  if (readOnly) {
    return <p>{count === 0 ? 'Aucune.' : `${formatNumber(count)}, ${unidentifiedLabels[basis]}.`}</p>
  }
  const value = (name: string, now: string) => String(said?.values?.[name] ?? now)
  return (
    <>
      <ErrorSummary errors={said?.errors} labels={{ nombre: 'Nombre' }} />
      <p className="small soft">
        Présentes, mais que l’on n’a pas pu nommer. Elles s’ajoutent aux présences, à part ; jamais aux personnes.
      </p>
      <Form method="post" preventScrollReset className="unidentified">
        <input type="hidden" name="intent" value="non-identifiees" />
        <NumberField
          name="nombre"
          label="Nombre"
          defaultValue={value('nombre', String(count))}
          errors={said?.errors?.nombre}
          maxLength={12}
        />
        <Select
          name="base"
          label="Elles ont été"
          width="medium"
          options={unidentifiedBases.map((code) => ({ value: code, label: unidentifiedLabels[code] }))}
          defaultValue={value('base', basis)}
          errors={said?.errors?.base}
        />
        <SubmitButton look="quiet" name="geste" value="non-identifiees">
          Enregistrer
        </SubmitButton>
      </Form>
    </>
  )
}
