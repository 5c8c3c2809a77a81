import { expect, test } from 'vitest'
import { type MailFacts, mailKinds, registrationMail } from './registration-mails.ts'

const said: MailFacts = {
  givenName: 'Nadia',
  centre: 'Centre de ressources',
  activity: {
    title: 'Femmes et espaces publics',
    kind: 'Séminaire',
    place: 'Maison des associations',
    address: '3 rue des Fontaines, 31000 Toulouse',
    cancelledReason: null,
    sessions: [
      {
        title: null,
        startsAt: new Date('2022-12-08T08:30:00Z'),
        endsAt: new Date('2022-12-08T15:30:00Z'),
        place: 'Salle 2',
      },
    ],
  },
  status: 'registered',
  own: { mode: 'onsite', joining: null, note: null, testLink: null },
  ticket: true,
  ownLink: 'https://maillage.test/inscription/jeton',
  activityLink: 'https://maillage.test/agenda/femmes-et-espaces-publics',
}

test('la confirmation dit quand, où, comment modifier ou annuler', () => {
  const { subject, text } = registrationMail('confirmed', said)
  expect(subject).toMatchInlineSnapshot(`"Votre inscription est confirmée : Femmes et espaces publics"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    Votre place est réservée.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse
    Participation : Sur place

    Votre billet est sur la page de votre inscription : présentez son code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.

    Voir, modifier ou annuler votre inscription :
    https://maillage.test/inscription/jeton

    Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.

    Centre de ressources
    "
  `)
})

test('la liste d’attente se comprend sans téléphoner', () => {
  expect(registrationMail('waitlisted', { ...said, status: 'waitlisted', ticket: false }).text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    L’activité est complète : vous êtes sur la liste d’attente. Dès qu’une place se libère, elle est proposée dans l’ordre des demandes, et un message vous l’annonce. Il n’est pas utile de vous inscrire de nouveau.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse
    Participation : Sur place

    Voir, modifier ou annuler votre inscription :
    https://maillage.test/inscription/jeton

    Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.

    Centre de ressources
    "
  `)
})

test('une place libérée', () => {
  const { subject, text } = registrationMail('moved-up', said)
  expect(subject).toMatchInlineSnapshot(`"Une place s’est libérée, elle est à vous : Femmes et espaces publics"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    Une place s’est libérée : vous n’êtes plus sur la liste d’attente, votre inscription est confirmée. Si vous ne pouvez plus venir, merci d’annuler, la place ira à la personne suivante.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse
    Participation : Sur place

    Votre billet est sur la page de votre inscription : présentez son code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.

    Voir, modifier ou annuler votre inscription :
    https://maillage.test/inscription/jeton

    Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.

    Centre de ressources
    "
  `)
})

test('le rappel d’une séance à distance porte le lien de connexion', () => {
  const own = { mode: 'remote' as const, joining: 'https://visio.exemple.test/salle', note: null, testLink: null }
  const remote = { ...said, own, ticket: false }
  expect(registrationMail('reminder', remote).text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    L’activité à laquelle vous êtes inscrit·e approche.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30
    Participation : À distance

    Se connecter :
    https://visio.exemple.test/salle

    Voir, modifier ou annuler votre inscription :
    https://maillage.test/inscription/jeton

    Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.

    Centre de ressources
    "
  `)
})

test('un changement redonne tout ce qui est prévu, séance par séance', () => {
  const second = { ...said.activity.sessions[0]!, title: 'Marche exploratoire' }
  const activity = { ...said.activity, sessions: [said.activity.sessions[0]!, second] }
  expect(registrationMail('activity-changed', { ...said, activity }).text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    L’activité à laquelle vous êtes inscrit·e a changé. Voici ce qui est prévu maintenant.

    Votre place est réservée.

    Activité : Femmes et espaces publics (séminaire)
    Dates : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Marche exploratoire · jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse
    Participation : Sur place

    Votre billet est sur la page de votre inscription : présentez son code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.

    Voir, modifier ou annuler votre inscription :
    https://maillage.test/inscription/jeton

    Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.

    Centre de ressources
    "
  `)
})

test('une annulation donne sa raison', () => {
  const activity = { ...said.activity, cancelledReason: 'La salle n’est plus disponible.' }
  const { subject, text } = registrationMail('activity-cancelled', { ...said, activity })
  expect(subject).toMatchInlineSnapshot(`"Annulation : Femmes et espaces publics"`)
  expect(text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    L’activité à laquelle vous étiez inscrit·e n’aura pas lieu.

    La salle n’est plus disponible.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse

    Voir la page de l’activité :
    https://maillage.test/agenda/femmes-et-espaces-publics

    Centre de ressources
    "
  `)
})

test('sa propre annulation', () => {
  expect(registrationMail('own-cancellation', { ...said, status: 'cancelled' }).text).toMatchInlineSnapshot(`
    "Bonjour Nadia,

    Votre inscription est annulée, merci de nous avoir prévenus.

    Activité : Femmes et espaces publics (séminaire)
    Date : jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2
    Lieu : Maison des associations
    3 rue des Fontaines, 31000 Toulouse

    Voir la page de l’activité :
    https://maillage.test/agenda/femmes-et-espaces-publics

    Centre de ressources
    "
  `)
})

test('la forme en HTML n’interprète rien de ce qui a été saisi', () => {
  const { html } = registrationMail('again', { ...said, givenName: '<img src=x onerror=alert(1)>' })
  expect(html).toMatchInlineSnapshot(
    `"<!doctype html><html lang="fr"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#222"><div style="max-width:36em"><p>Bonjour &lt;img src=x onerror=alert(1)&gt;,</p><p>Vous avez demandé une inscription, mais vous étiez déjà inscrit·e : rien n’a changé.</p><p>Votre place est réservée.</p><table role="presentation" style="border-collapse:collapse;margin:16px 0"><tr><td style="padding:4px 16px 4px 0;color:#555;vertical-align:top">Activité</td><td style="padding:4px 0">Femmes et espaces publics (séminaire)</td></tr><tr><td style="padding:4px 16px 4px 0;color:#555;vertical-align:top">Date</td><td style="padding:4px 0">jeudi 8 décembre 2022, 9 h 30 – 16 h 30 · Salle 2</td></tr><tr><td style="padding:4px 16px 4px 0;color:#555;vertical-align:top">Lieu</td><td style="padding:4px 0">Maison des associations<br>3 rue des Fontaines, 31000 Toulouse</td></tr><tr><td style="padding:4px 16px 4px 0;color:#555;vertical-align:top">Participation</td><td style="padding:4px 0">Sur place</td></tr></table><p><img src="cid:billet" width="180" height="180" alt="Code à présenter à l’entrée" style="display:block;background:#fff"></p><p>Votre billet est sur la page de votre inscription : présentez son code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.</p><p><a href="https://maillage.test/inscription/jeton" style="font-weight:bold">Voir, modifier ou annuler votre inscription</a></p><p>Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.</p><p>Centre de ressources</p></div></body></html>"`,
  )
})

test('aucun message ne laisse voir un code ou une valeur vide', () => {
  for (const kind of mailKinds) {
    const { subject, text, html } = registrationMail(kind, { ...said, activity: { ...said.activity, place: null } })
    expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object|onsite|registered/)
  }
})
