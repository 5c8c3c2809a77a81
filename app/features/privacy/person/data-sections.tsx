import { DescriptionList, Section } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'

interface Props {
  sections: readonly {
    key: string
    title: string
    entries: readonly { title?: string; facts: readonly (readonly [string, string | null])[] }[]
  }[]
}

/** All that is held of a person, to be read or printed. */
export const DataSections = ({ sections }: Props) =>
  sections.map(({ key, title, entries }) => (
    <Section key={key} id={key} title={title}>
      {entries.length === 0 ? (
        <p className="soft">Rien.</p>
      ) : (
        entries.map((entry, rank) => (
          <div className="stack tight" key={rank}>
            {entry.title && (
              <h3>
                <Fr>{entry.title}</Fr>
              </h3>
            )}
            <DescriptionList
              items={entry.facts.map(([label, value]) => ({
                label,
                value: value && (
                  <span style={{ whiteSpace: 'pre-line' }}>
                    <Fr>{value}</Fr>
                  </span>
                ),
              }))}
            />
          </div>
        ))
      )}
    </Section>
  ))
