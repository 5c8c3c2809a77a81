import { Link } from '#app/ui/link.tsx'
import type { Side } from './sides.server.ts'

/** Two records side by side, as they are. */
export function SidesTable({ path, sides }: { path: string; sides: readonly [Side, Side] }) {
  const labels = [...new Set(sides.flatMap(({ facts }) => facts.map(({ label }) => label)))]
  return (
    <div className="table-box" role="region" aria-label="Les deux fiches" tabIndex={0}>
      <table>
        <caption className="sr">Les deux fiches</caption>
        <thead>
          <tr>
            <td />
            {sides.map(({ id, name }) => (
              <th key={id} scope="col">
                <Link href={`${path}/${id}`}>{name}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {sides.map(({ id, facts }) => (
                <td key={id}>{facts.find((fact) => fact.label === label)?.value ?? <span className="soft">–</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
