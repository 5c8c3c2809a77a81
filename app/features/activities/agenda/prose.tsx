import { Fr } from '#app/ui/fr.tsx'

/** Text as it was typed: paragraphs between empty lines, lists of lines that begin with a dash. */
export const Prose = ({ text }: { text: string }) => (
  <div className="prose">
    {text.split(/\n{2,}/).map((block, i) => (
      <Block key={i} lines={block.split('\n')} />
    ))}
  </div>
)

const Block = ({ lines }: { lines: string[] }) =>
  lines.every((line) => /^\s*[-–•]\s/.test(line)) ? (
    <ul>
      {lines.map((line, i) => (
        <li key={i}>
          <Fr>{line.replace(/^\s*[-–•]\s+/, '')}</Fr>
        </li>
      ))}
    </ul>
  ) : (
    <p>
      {lines.map((line, i) => (
        <span key={i}>
          {i > 0 && <br />}
          <Fr>{line}</Fr>
        </span>
      ))}
    </p>
  )
