import { Fr } from '#app/ui/fr.tsx'

export interface Source {
  source: string
  year: number
  attribution: string
}

/** The licences of the data ask for it wherever they are shown. */
export const Attribution = ({ sources }: { sources: readonly Source[] }) => (
  <p className="small soft">
    <Fr>
      {`Sources : ${sources.map(({ source, year, attribution }) => `${source} ${year} (${attribution})`).join(' ; ')}.`}
    </Fr>
  </p>
)
