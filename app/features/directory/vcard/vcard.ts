/** What a vCard says of a person. Internal notes and consents are not its business. */
export interface CardFacts {
  id: string
  givenName: string
  familyName: string
  email: string | null
  phone: string | null
  organisation: string | null
  function: string | null
}

const MAX_OCTETS = 75
const encoder = new TextEncoder()

/** vCard 4.0 (RFC 6350): UTF-8, lines of 75 octets folded between characters, ended by CRLF. */
export function vcard(person: CardFacts): string {
  const { id, givenName, familyName, email, phone, organisation, function: title } = person
  const lines: [string, string | null][] = [
    ['BEGIN', 'VCARD'],
    ['VERSION', '4.0'],
    ['KIND', 'individual'],
    ['UID', `urn:uuid:${id}`],
    ['FN', escaped(`${givenName} ${familyName}`.trim() || '?')],
    ['N', `${component(familyName)};${component(givenName)};;;`],
    ['EMAIL', email && escaped(email)],
    ['TEL', phone && escaped(phone)],
    ['ORG', organisation && component(organisation)],
    ['TITLE', title && escaped(title)],
    ['END', 'VCARD'],
  ]
  return lines
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${folded(`${name}:${value}`)}\r\n`)
    .join('')
}

/** Line ends become `\n`; what else could end a line or hide in one is dropped. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/g, '')
    .replace(/[\\,]/g, '\\$&')
    .replace(/\n/g, '\\n')

/** Inside a value of several components, a semicolon would begin the next one. */
const component = (text: string) => escaped(text).replace(/;/g, '\\;')

/** A continuation begins with a space, which counts. */
function folded(line: string): string {
  const lines: string[] = []
  let [current, octets] = ['', 0]
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > MAX_OCTETS) {
      lines.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...lines, current].join('\r\n')
}

/** The answer of an address that gives cards. */
export const cardResponse = (name: string, people: readonly CardFacts[]): Response =>
  new Response(people.map(vcard).join(''), {
    headers: {
      'content-type': 'text/vcard; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.vcf"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
