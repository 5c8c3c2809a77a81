import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const proConnect = {
  OIDC_ISSUER: 'https://identite.example/api/v2',
  OIDC_CLIENT_ID: 'maillage',
  OIDC_CLIENT_SECRET: 'secret',
}

test('sans réglage, aucun fournisseur d’identité ; avec les trois, ProConnect et ses habitudes', () => {
  expect(readSettings({}).identityProvider).toBeNull()
  expect(readSettings(proConnect).identityProvider).toEqual({
    issuer: 'https://identite.example/api/v2',
    clientId: 'maillage',
    clientSecret: 'secret',
    label: 'ProConnect',
    scope: 'openid given_name usual_name email siret uid',
    acrValues: 'eidas1',
  })
  expect(readSettings({ ...proConnect, OIDC_ACR_VALUES: 'aucune' }).identityProvider?.acrValues).toBe('')
})

test.each([
  [{ OIDC_CLIENT_SECRET: '' }, /vont ensemble/],
  [{ OIDC_ISSUER: '' }, /vont ensemble/],
  [{ OIDC_ISSUER: 'http://identite.example' }, /OIDC_ISSUER/],
  [{ OIDC_ISSUER: 'http://localhost.pirate.example' }, /OIDC_ISSUER/],
  [{ OIDC_SCOPE: 'email' }, /OIDC_SCOPE/],
])('un fournisseur mal réglé est dit au démarrage : %j', (wrong, sentence) => {
  expect(() => readSettings({ ...proConnect, ...wrong })).toThrow(sentence)
})
