import { Checkbox } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, Section, StateTag } from '#app/ui/content.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import type { MergeLine } from './merges-of.server.ts'

/** Each merge with what it changed, and what undoes it. */
export const MergeList = ({ action, merges }: { action: string; merges: readonly MergeLine[] }) =>
  merges.map(({ id, at, by, dropped, taken, undone }) => (
    <Section key={id} title={dropped.name} actions={undone && <StateTag tone="neutral">Défaite</StateTag>}>
      <p className="soft">
        Fusionnée le <Moment date={at} /> par {by}
        {undone && (
          <>
            , défaite le <Moment date={undone.at} /> par {undone.by}
          </>
        )}
      </p>
      {taken.length > 0 && (
        <DescriptionList
          items={taken.map(({ field, before, after }) => ({
            label: field,
            value: (
              <>
                {after || 'rien'} <span className="small soft">(avant&nbsp;: {before || 'rien'})</span>
              </>
            ),
          }))}
        />
      )}
      {!undone && <UndoForm action={action} mergeId={id} name={dropped.name} />}
    </Section>
  ))

export const UndoForm = ({ action, mergeId, name }: { action: string; mergeId: string; name: string }) => (
  <ConfirmForm
    label="Défaire la fusion…"
    question={
      <Fr>{`La fiche « ${name} » redevient une fiche à part, avec ses présences, ses situations et ses consentements.`}</Fr>
    }
    confirmLabel="Défaire la fusion"
    action={action}
    values={{ merge: mergeId }}
  >
    <Checkbox
      name="apart"
      id={`apart-${mergeId}`}
      label="Ce ne sont pas les mêmes : ne plus les proposer"
      defaultChecked
    />
  </ConfirmForm>
)
