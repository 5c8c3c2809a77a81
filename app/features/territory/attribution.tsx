import { Fr } from '#app/ui/fr.tsx'

/** The licences of the data ask for it wherever they are shown. */
export const Attribution = ({ source }: { source?: string }) => (
  <p className="small soft">
    <Fr>
      {source ?? 'Sources : code officiel géographique (Insee, DGCL) et ANCT, Insee, DGCL – Licence Ouverte 2.0.'}
    </Fr>
  </p>
)
