import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatChange,
  formatDate,
  formatDateRange,
  formatDateTimeRange,
  formatNumber,
  formatPercent,
  formatTime,
  fromParis,
  isoDay,
  isoTime,
  joinList,
  nb,
  parseDay,
  parseDayTime,
  parseTime,
  plural,
} from './french.ts'

/** Any kind of space becomes a plain one, so that sentences can be read in a test. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('typography', () => {
  test('a narrow no-break space stands before double signs and inside guillemets', () => {
    expect(nb('Quoi ? Oui ; non : « bien » !')).toBe('Quoi\u202f? Oui\u202f; non\u202f: «\u202fbien\u202f»\u202f!')
  })
  test('addresses and hours written with a colon are left alone', () => {
    expect(nb('https://exemple.fr/a?b:c 10:30')).toBe('https://exemple.fr/a?b:c 10:30')
  })
  test('typesetting twice changes nothing more', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', ':', '!', '«', '»', '3', '4', '\u202f', 'h', '%') }),
        (text) => {
          expect(nb(nb(text))).toBe(nb(text))
        },
      ),
    ))
  test('and it never changes a visible sign', () =>
    fc.assert(fc.property(fc.string(), (text) => plain(nb(text)) === plain(text))))
})

describe('numbers', () => {
  test('thousands are parted by a narrow no-break space, decimals by a comma', () => {
    expect(formatNumber(1234567.5)).toBe('1\u202f234\u202f567,5')
    expect(formatPercent(0.744)).toBe('74\u202f%')
  })
  test('a written number reads back as the same number', () =>
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(Number(formatNumber(value).replace(/\s/g, '').replace('−', '-'))).toBe(value)
      }),
    ))
  test('zero and one are singular', () => {
    expect(plain(plural(0, 'personne'))).toBe('0 personne')
    expect(plain(plural(1, 'personne'))).toBe('1 personne')
    expect(plain(plural(1234, 'travail', 'travaux'))).toBe('1 234 travaux')
  })
  test('an evolution has its sign, and none is invented without a past', () => {
    expect(plain(formatChange(403, 360) ?? '')).toBe('+ 12 %')
    expect(plain(formatChange(90, 100) ?? '')).toBe('− 10 %')
    expect(formatChange(4, 0)).toBeNull()
  })
  test('lists are joined as one speaks', () => {
    expect(joinList(['Nîmes', 'Alès', 'Sète'])).toBe('Nîmes, Alès et Sète')
    expect(joinList([])).toBe('')
  })
})

describe('dates', () => {
  test('days are written in words, the first as « 1er »', () => {
    expect(plain(formatDate('2022-11-24', 'full'))).toBe('jeudi 24 novembre 2022')
    expect(plain(formatDate('2022-05-01'))).toBe('1er mai 2022')
    expect(formatDate('2022-05-01', 'numeric')).toBe('01/05/2022')
  })
  test('instants are read on a clock in Paris, summer and winter', () => {
    expect(plain(formatTime(new Date('2022-07-14T07:30:00Z')))).toBe('9 h 30')
    expect(plain(formatTime(new Date('2022-11-24T08:00:00Z')))).toBe('9 h')
    expect(isoDay(new Date('2022-12-31T23:30:00Z'))).toBe('2023-01-01')
  })
  test('ranges say once what both ends share', () => {
    expect(plain(formatDateRange('2022-11-24', '2022-11-26'))).toBe('du 24 au 26 novembre 2022')
    expect(plain(formatDateRange('2022-11-30', '2022-12-02', 'full'))).toBe(
      'du mercredi 30 novembre au vendredi 2 décembre 2022',
    )
    expect(plain(formatDateRange('2022-12-31', '2023-01-01'))).toBe('du 31 décembre 2022 au 1er janvier 2023')
    expect(plain(formatDateTimeRange(new Date('2022-11-24T08:30:00Z'), new Date('2022-11-24T15:30:00Z')))).toBe(
      'jeudi 24 novembre 2022, 9 h 30 – 16 h 30',
    )
  })
  test('typed dates are read as people write them, and 31/02 does not exist', () => {
    for (const text of ['24/11/2022', '24-11-22', ' 24 novembre 2022 ', '24 nov. 2022', '2022-11-24', '24.11.2022'])
      expect(parseDay(text)).toBe('2022-11-24')
    expect(parseDay('1er août 2022')).toBe('2022-08-01')
    expect(parseDay('1 aout 2022')).toBe('2022-08-01')
    for (const text of ['31/02/2022', '2022-02-30', '00/01/2022', '12/13/2022', '', 'demain', '24/11', '0001-01-01'])
      expect(parseDay(text)).toBeNull()
  })
  test('typed hours too', () => {
    for (const text of ['9h30', '9 h 30', '09:30', '9.30', '09:30:00']) expect(parseTime(text)).toBe('09:30')
    expect(parseTime('14 h')).toBe('14:00')
    for (const text of ['24:00', '9', '9h75', 'midi']) expect(parseTime(text)).toBeNull()
  })
  test('a day and an hour together', () => {
    for (const text of ['2022-11-24T09:30', '24/11/2022 à 9 h 30', '24/11/2022, 9h30', '24 novembre 2022 09:30'])
      expect(parseDayTime(text)).toBe('2022-11-24T09:30')
    expect(parseDayTime('31/02/2022 9h')).toBeNull()
  })
  test('any instant, written for a field and read back, is the same minute', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (date) => {
          const minute = Math.floor(date.getTime() / 60_000) * 60_000
          const back = fromParis(isoDay(date), isoTime(date)).getTime()
          const repeatedHour = Math.abs(back - minute) === 3_600_000 && isoTime(new Date(back)) === isoTime(date)
          expect(back === minute || repeatedHour).toBe(true)
        },
      ),
    ))
  test('the hour that spring skips moves forward', () => {
    expect(fromParis('2022-03-27', '02:30').toISOString()).toBe('2022-03-27T01:30:00.000Z')
    expect(fromParis('2022-11-24', '09:30').toISOString()).toBe('2022-11-24T08:30:00.000Z')
    expect(fromParis('2022-07-14').toISOString()).toBe('2022-07-13T22:00:00.000Z')
  })
})
