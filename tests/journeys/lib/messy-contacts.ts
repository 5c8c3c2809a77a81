import writeXlsx, { type Row } from 'write-excel-file/node'

const families = [
  'MARTIN',
  'de la tour',
  "O'BRIEN",
  'LE GOFF',
  'Benali',
  'VAN DER BERG',
  'Soler-Puig',
  "d'ornano",
  'NGUYEN',
  'Fabre',
]
const given = ['JEAN-MARIE', 'ana', 'Paul', 'INÈS', 'Lou', 'mehdi', 'Éléonore', 'CHLOÉ', 'Yann', 'zoé']
const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')

const cell = (value: string | number) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })

/** An old list of contacts, as years of several hands leave one: always the same. `wrong` of its lines cannot be taken as they are. */
export async function messyContacts(count: number): Promise<{ file: Uint8Array; wrong: number; twins: number }> {
  const rows: Row[] = [
    [{ value: 'FICHIER CONTACTS DU RÉSEAU', columnSpan: 8, fontWeight: 'bold' }],
    [],
    ['NOM', 'Prénom', 'E-mail pro', 'Portable', 'Structure', 'Poste', 'Dpt', 'Newsletter', 'Date consentement'].map(
      cell,
    ),
  ]
  let [wrong, twins] = [0, 0]
  for (let i = 0; i < count; i++) {
    const bad = i % 100 === 37
    const twin = i % 50 === 49
    if (bad) wrong += 1
    else if (twin) twins += 1
    rows.push(contact(twin ? i - 9 : i, bad).map(cell))
  }
  return { file: await writeXlsx(rows, { sheet: 'Contacts' }).toBuffer(), wrong, twins }
}

function contact(i: number, bad: boolean): (string | number)[] {
  const family = `${families[i % families.length]} ${letters(i)}`
  const email = bad
    ? `contact ${i} @exemple`
    : i % 7 === 0
      ? `C${i}@Exemple.fr ; autre${i}@exemple.fr`
      : `c${i}@exemple.fr`
  const phone =
    i % 3 === 0
      ? 612_000_000 + i
      : i % 3 === 1
        ? `+33(0)6 13 ${String(100_000 + i).slice(0, 2)} ${String(100_000 + i).slice(2)}`
        : 'NULL'
  const day = ['31/12/2019', '2020-03-05', '4 mai 2021'][i % 3]!
  return [
    i % 2 === 0 ? family.toUpperCase() : family,
    `${given[i % given.length]}\u200b`,
    email,
    phone,
    i % 5 === 0 ? 'n/a' : `Mairie de ${letters(i % 40)}`,
    i % 4 === 0 ? '-' : 'Chargée de mission 😀',
    i % 6 === 0 ? '34 – Hérault' : 30,
    i % 2 === 0 ? 'oui' : '',
    day,
  ]
}
