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

/** What happens to the ways into an account, said to its owner. */
export const warnings = [
  'new-device',
  'totp-set',
  'totp-removed',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
  'identity-linked',
  'identity-unlinked',
  'factors-reset',
] as const
export type Warning = (typeof warnings)[number]

const warningWords: Record<Warning, { subject: string; line: (detail: string | null) => string }> = {
  'new-device': {
    subject: 'Nouvelle connexion à votre compte',
    line: (device) => `Votre compte vient d’être ouvert depuis un appareil nouveau${device ? ` (${device})` : ''}.`,
  },
  'totp-set': {
    subject: 'La double authentification est en place',
    line: () =>
      'Un code de votre téléphone sera désormais demandé après le mot de passe. Vos autres appareils ont été déconnectés.',
  },
  'totp-removed': {
    subject: 'La double authentification est retirée',
    line: () => 'Aucun code ne sera plus demandé après votre mot de passe.',
  },
  'recovery-code-used': {
    subject: 'Un code de secours a servi',
    line: (left) => `Quelqu’un est entré dans votre compte avec un code de secours. Il vous en reste ${left ?? '0'}.`,
  },
  'passkey-added': {
    subject: 'Une clé d’accès est ajoutée à votre compte',
    line: (name) => `La clé d’accès « ${name ?? ''} » ouvre désormais votre compte.`,
  },
  'passkey-removed': {
    subject: 'Une clé d’accès est retirée de votre compte',
    line: (name) => `La clé d’accès « ${name ?? ''} » n’ouvre plus votre compte.`,
  },
  'identity-linked': {
    subject: 'Votre compte est relié',
    line: (label) => `Votre compte s’ouvre désormais aussi avec ${label ?? 'votre identité professionnelle'}.`,
  },
  'identity-unlinked': {
    subject: 'Votre compte n’est plus relié',
    line: (label) => `Votre compte ne s’ouvre plus avec ${label ?? 'votre identité professionnelle'}.`,
  },
  'factors-reset': {
    subject: 'Votre double authentification est remise à zéro',
    line: () =>
      'L’administration du centre a retiré l’application de codes, les codes de secours et les clés d’accès de votre compte, et fermé vos sessions.',
  },
}

export const warningMail = ({
  centre,
  givenName,
  href,
  warning,
  detail,
}: Said & { warning: Warning; detail: string | null }): Written =>
  write(
    {
      subject: `${warningWords[warning].subject} – ${centre}`,
      lines: [
        `Bonjour ${givenName},`,
        warningWords[warning].line(detail),
        'Si ce n’est pas vous, ou si vous ne l’attendiez pas, choisissez un nouveau mot de passe sans attendre et prévenez l’administration du centre.',
      ],
      link: { label: 'Choisir un nouveau mot de passe', href },
    },
    centre,
  )
