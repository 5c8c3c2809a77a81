import type { Audience } from '../labels.ts'

/** What the form proposes until somebody writes something else. */
export const usualTexts: Record<Audience, { subject: string; body: string }> = {
  present: {
    subject: 'Merci de votre participation : {activité}',
    body: `Bonjour {prénom},

Merci d’avoir participé à « {activité} », {date}.

Voici les documents de l’activité :
{documents}

Votre attestation de présence :
{lien de l’attestation}

Bien cordialement,
{responsable}
{centre}`,
  },
  absent: {
    subject: 'Vous nous avez manqué : {activité}',
    body: `Bonjour {prénom},

Vous étiez inscrit·e à « {activité} », {date}, et nous n’avons pas eu le plaisir de vous y voir.

Voici les documents de l’activité :
{documents}

Bien cordialement,
{responsable}
{centre}`,
  },
  excused: {
    subject: 'Les documents de l’activité : {activité}',
    body: `Bonjour {prénom},

Merci de nous avoir prévenus de votre absence à « {activité} », {date}.

Voici les documents de l’activité :
{documents}

Bien cordialement,
{responsable}
{centre}`,
  },
}
