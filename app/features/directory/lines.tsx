/** A text as its writer cut it. */
export const Lines = ({ text }: { text: string }) =>
  text.split('\n').map((line, i) => (
    <span key={i}>
      {i > 0 && <br />}
      {line}
    </span>
  ))
