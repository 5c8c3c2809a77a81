import { EmptyState } from '#app/ui/feedback.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { secondStepLabels, signInMethodLabels, signInOutcomeLabels } from '../labels.ts'

export interface ShownSignIn {
  id: number
  at: Date
  method: keyof typeof signInMethodLabels
  outcome: keyof typeof signInOutcomeLabels
  secondStep: keyof typeof secondStepLabels | null
  device: string | null
  network: string | null
}

/** When, how, from what: enough to recognise oneself, or somebody else. */
export const SignInList = ({ signIns }: { signIns: readonly ShownSignIn[] }) =>
  signIns.length === 0 ? (
    <EmptyState title="Aucune connexion pour l’instant" />
  ) : (
    <div className="table-box" role="region" aria-label="Connexions" tabIndex={0}>
      <table className="stacked">
        <caption className="sr">Les cinquante dernières connexions, réussies ou refusées</caption>
        <thead>
          <tr>
            <th scope="col">Quand</th>
            <th scope="col">Résultat</th>
            <th scope="col">Comment</th>
            <th scope="col">Appareil</th>
            <th scope="col">Réseau</th>
          </tr>
        </thead>
        <tbody>
          {signIns.map(({ id, at, method, outcome, secondStep, device, network }) => (
            <tr key={id}>
              <td>
                <Moment date={at} />
              </td>
              <td>
                <StateTag tone={outcome === 'entered' ? 'good' : 'warn'}>{signInOutcomeLabels[outcome]}</StateTag>
              </td>
              <td>
                {signInMethodLabels[method]}
                {secondStep && `, puis ${secondStepLabels[secondStep]}`}
              </td>
              <td>{device ?? 'Inconnu'}</td>
              <td className="small soft">{network ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
