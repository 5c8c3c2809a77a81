import { describe, expect, test } from 'vitest'
import { newPersonInput, organisationInput, situationInput } from './inputs.server.ts'

describe('les formulaires', () => {
  const sentences = (result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
    (result.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message])

  test('une mauvaise saisie donne une phrase à son champ', () => {
    const typed = { familyName: ' ', email: 'pas une adresse', phone: 'demander à Paul', validFrom: '31/02/2022' }
    expect(sentences(newPersonInput.safeParse(typed))).toEqual([
      ['familyName', 'Donnez un nom de famille.'],
      ['email', 'Cette adresse électronique n’est pas valable.'],
      ['phone', expect.stringContaining('donnez des chiffres')],
      ['validFrom', expect.stringContaining('Cette date n’existe pas')],
    ])
    const backwards = { function: 'Élue', validFrom: '2022-02-01', validTo: '31/01/2022' }
    expect(sentences(situationInput.safeParse(backwards))).toEqual([
      ['validTo', 'La fin ne peut pas précéder le début.'],
    ])
  })

  test('un SIRET de treize chiffres, un SIRET faux, un site qui n’en est pas un', () => {
    const of = (said: object) => sentences(organisationInput.safeParse({ name: 'Ville', ...said }))
    expect(of({ siret: '7328293200007' })).toEqual([['siret', 'Un SIRET a 14 chiffres.']])
    expect(of({ siret: '732 829 320 00075' })).toEqual([
      ['siret', expect.stringContaining('un chiffre au moins est faux')],
    ])
    expect(of({ siret: '732 829 320 00074', website: 'www.ville.fr' })).toEqual([])
    expect(of({ website: 'javascript:alert(1)' })).toEqual([['website', expect.stringContaining('n’est pas valable')]])
    expect(of({ name: 'x'.repeat(10_000) })).toEqual([['name', 'Ce texte est trop long (200 caractères au plus).']])
  })
})
