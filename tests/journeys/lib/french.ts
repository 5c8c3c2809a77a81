const english =
  /\b(?:the|this|not found|is not|invalid|unexpected|unauthorized|forbidden|bad request|required|must be|cannot|failed|error|exception|you made a)\b/i
const machine =
  /\bat (?:async )?[\w.<>]+ \(|\bnode_modules\b|\bfile:\/\/|\[object \w+\]|\bundefined\b|\bNaN\b|\bInvalid Date\b|\b(?:select|insert|update) .{0,40}\bfrom\b/i

/** What a reader of the page could see, attributes that are read aloud included; « null » when all of it is French. */
export function strangeWords(body: string, contentType: string): string | null {
  // the description of the API is read by programs
  if (/openapi/.test(contentType)) return null
  const text = /html/.test(contentType) ? readable(body) : body
  const found = machine.exec(text) ?? english.exec(text)
  return found && text.slice(Math.max(0, found.index - 60), found.index + 80).replace(/\s+/g, ' ')
}

const readable = (html: string) =>
  html
    .replace(/<(script|style|template)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*?(?:(aria-label|title|alt|placeholder)="([^"]*)")?[^>]*>/g, ' $2 ')
    .replace(/&#x27;/g, '’')
