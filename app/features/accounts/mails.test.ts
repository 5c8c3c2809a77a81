import { expect, test } from 'vitest'
import { invitationMail, passwordChangedMail, resetMail, signInMail } from './mails.ts'

const said = { centre: 'Villes et Liens', givenName: 'Inès', href: 'https://maillage.test/connexion/lien/abc' }

test('lien de connexion', () => {
  const { subject, text, html } = signInMail(said)
  expect(subject).toMatchInlineSnapshot(`"Votre lien de connexion à Villes et Liens"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Inès,

    Voici le lien que vous avez demandé. Il sert une fois, dans les 15 minutes.

    Se connecter :
    https://maillage.test/connexion/lien/abc

    Si vous n’avez rien demandé, laissez ce message de côté : sans ce lien, personne n’entre.

    Villes et Liens
    "
  `)
  expect(html).toMatchInlineSnapshot(`
    "<p>Bonjour Inès,</p>
    <p>Voici le lien que vous avez demandé. Il sert une fois, dans les 15 minutes.</p>
    <p><a href="https://maillage.test/connexion/lien/abc">Se connecter</a></p>
    <p>Si vous n’avez rien demandé, laissez ce message de côté : sans ce lien, personne n’entre.</p>
    <p>Villes et Liens</p>
    "
  `)
})

test('nouveau mot de passe', () => {
  const { subject, text } = resetMail({ ...said, href: 'https://maillage.test/mot-de-passe/abc' })
  expect(subject).toMatchInlineSnapshot(`"Choisir un nouveau mot de passe pour Villes et Liens"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Inès,

    Voici le lien pour choisir un nouveau mot de passe. Il sert une fois, dans l’heure.

    Choisir un nouveau mot de passe :
    https://maillage.test/mot-de-passe/abc

    Si vous n’avez rien demandé, laissez ce message de côté : votre mot de passe ne change pas.

    Villes et Liens
    "
  `)
})

test('invitation', () => {
  const href = 'https://maillage.test/connexion/invitation/abc'
  const { subject, text } = invitationMail({ ...said, href, by: 'Paul Roux', role: 'Chargé·e de mission' })
  expect(subject).toMatchInlineSnapshot(`"Votre compte dans l’espace de travail de Villes et Liens"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Inès,

    Paul Roux vous ouvre un compte dans l’espace de travail de Villes et Liens, avec le rôle « Chargé·e de mission ».

    Il vous reste à choisir un mot de passe. Le lien sert une fois, dans les 7 jours.

    Choisir mon mot de passe :
    https://maillage.test/connexion/invitation/abc

    Passé ce délai, demandez qu’on vous renvoie l’invitation.

    Villes et Liens
    "
  `)
})

test('mot de passe changé', () => {
  const { subject, text } = passwordChangedMail({ ...said, href: 'https://maillage.test/mot-de-passe' })
  expect(subject).toMatchInlineSnapshot(`"Votre mot de passe pour Villes et Liens a changé"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Inès,

    Votre mot de passe vient d’être changé, et vos autres appareils ont été déconnectés.

    Si ce n’est pas vous, choisissez-en un nouveau sans attendre et prévenez l’administration du centre.

    Choisir un nouveau mot de passe :
    https://maillage.test/mot-de-passe

    Villes et Liens
    "
  `)
})

test('un nom qui contient du code reste un nom', () => {
  const { html } = signInMail({ ...said, givenName: '<img src=x onerror=alert(1)>', centre: 'A & "B"' })
  expect(html).toContain('Bonjour &lt;img src=x onerror=alert(1)&gt;,')
  expect(html).not.toContain('<img')
  expect(html).toContain('A &amp; &quot;B&quot;')
})
