import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { LinkButton } from '#app/ui/button.tsx'

const fileOf = (codes: readonly string[]) =>
  `data:text/plain;charset=utf-8,${encodeURIComponent(
    `Codes de secours – Maillage\r\nChacun sert une fois, à la place du code du téléphone.\r\n\r\n${codes.join('\r\n')}\r\n`,
  )}`

/** Shown this once: the tables only hold their hashes. The page prints as it is; the file never leaves the browser. */
export const RecoveryCodes = ({ codes }: { codes: readonly string[] }) => (
  <>
    <Notice tone="good" title="C’est en place">
      <Fr>Gardez ces dix codes de secours en lieu sûr : ils ne seront plus jamais affichés.</Fr>
    </Notice>
    <p>
      <Fr>Chacun sert une fois, à la place du code, le jour où le téléphone manque.</Fr>
    </p>
    <ul className="two plain-list" aria-label="Codes de secours">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <div className="row screen-only">
      <a className="button quiet" href={fileOf(codes)} download="codes-de-secours-maillage.txt">
        Les enregistrer
      </a>
      <LinkButton href="/bureau" look="primary">
        Je les ai gardés : entrer dans le bureau
      </LinkButton>
    </div>
    <p className="small soft screen-only">
      <Fr>Pour les imprimer, imprimez cette page.</Fr>
    </p>
  </>
)
