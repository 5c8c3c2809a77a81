/** Addresses of web pages become links; what follows a sentence (a point, a bracket) stays out of them. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]»])/g

/** The text of a mail as its reader would get it, its links to be followed. */
export const LinkedText = ({ text }: { text: string }) => (
  <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
    {text.split(ADDRESS).map((part, i) =>
      i % 2 === 1 ? (
        <a key={i} href={part} rel="noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </div>
)
