import { nb } from '#app/ui/french.ts'

/** What every message of the accounts is made of: sentences, and one address to follow. */
interface Letter {
  subject: string
  lines: readonly string[]
  link?: { label: string; href: string }
  after?: readonly string[]
}

export interface Written {
  subject: string
  text: string
  html: string
}

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

function write({ subject, lines, link, after = [] }: Letter, centre: string): Written {
  const [first, last, sign] = [lines.map(nb), after.map(nb), nb(centre)]
  const paragraphs = (list: readonly string[]) => list.map((line) => `<p>${escape(line)}</p>`).join('\n')
  const button = link && `<p><a href="${escape(link.href)}">${escape(nb(link.label))}</a></p>`
  const text = [...first, link && `${nb(link.label)}\u202f:\n${link.href}`, ...last, sign].filter(Boolean).join('\n\n')
  const html = [paragraphs(first), button, paragraphs(last), `<p>${escape(sign)}</p>`].filter(Boolean).join('\n')
  return { subject: nb(subject), text: `${text}\n`, html: `${html}\n` }
}

interface Said {
  centre: string
  givenName: string
  href: string
}

export const signInMail = ({ centre, givenName, href }: Said): Written =>
  write(
    {
      subject: `Votre lien de connexion à ${centre}`,
      lines: [`Bonjour ${givenName},`, 'Voici le lien que vous avez demandé. Il sert une fois, dans les 15 minutes.'],
      link: { label: 'Se connecter', href },
      after: ['Si vous n’avez rien demandé, laissez ce message de côté : sans ce lien, personne n’entre.'],
    },
    centre,
  )

export const resetMail = ({ centre, givenName, href }: Said): Written =>
  write(
    {
      subject: `Choisir un nouveau mot de passe pour ${centre}`,
      lines: [
        `Bonjour ${givenName},`,
        'Voici le lien pour choisir un nouveau mot de passe. Il sert une fois, dans l’heure.',
      ],
      link: { label: 'Choisir un nouveau mot de passe', href },
      after: ['Si vous n’avez rien demandé, laissez ce message de côté : votre mot de passe ne change pas.'],
    },
    centre,
  )

export const invitationMail = ({ centre, givenName, href, by, role }: Said & { by: string; role: string }): Written =>
  write(
    {
      subject: `Votre compte dans l’espace de travail de ${centre}`,
      lines: [
        `Bonjour ${givenName},`,
        `${by} vous ouvre un compte dans l’espace de travail de ${centre}, avec le rôle « ${role} ».`,
        'Il vous reste à choisir un mot de passe. Le lien sert une fois, dans les 7 jours.',
      ],
      link: { label: 'Choisir mon mot de passe', href },
      after: ['Passé ce délai, demandez qu’on vous renvoie l’invitation.'],
    },
    centre,
  )

export const passwordChangedMail = ({ centre, givenName, href }: Said): Written =>
  write(
    {
      subject: `Votre mot de passe pour ${centre} a changé`,
      lines: [
        `Bonjour ${givenName},`,
        'Votre mot de passe vient d’être changé, et vos autres appareils ont été déconnectés.',
        'Si ce n’est pas vous, choisissez-en un nouveau sans attendre et prévenez l’administration du centre.',
      ],
      link: { label: 'Choisir un nouveau mot de passe', href },
    },
    centre,
  )
