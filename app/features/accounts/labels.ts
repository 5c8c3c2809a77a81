import { type Permission, type Role, roleLabels } from '#app/platform/permissions.ts'

export const memberStates = ['active', 'invited', 'suspended'] as const
export type MemberState = (typeof memberStates)[number]

export const memberStateLabels: Record<MemberState, string> = {
  active: 'En activité',
  invited: 'Invitation envoyée',
  suspended: 'Suspendu',
}

export const memberStateTones = { active: 'good', invited: 'info', suspended: 'warn' } as const

/** Who it is for, beside the choice of a role. */
export const roleHints: Record<Role, string> = {
  administration: 'Tout, y compris les comptes de l’équipe.',
  direction: 'Tout le travail du centre et ses réglages ; voit l’équipe sans la modifier.',
  'charge-de-mission': 'Activités, présences, annuaire, chiffres.',
  communication: 'Comme une mission, et le suivi des envois.',
  gestion: 'Annuaire, présences et tâches, sans créer d’activité.',
  lecture: 'Voit, ne modifie rien, n’exporte rien.',
}

/** Every permission in the words of the trade, by part of the house, in the order of the menu. */
export const permissionGroups: { label: string; permissions: Partial<Record<Permission, string>> }[] = [
  { label: 'Bureau', permissions: { 'office:enter': 'Entrer dans le bureau' } },
  {
    label: 'Annuaire',
    permissions: {
      'directory:read': 'Consulter les personnes et les organisations',
      'directory:write': 'Ajouter et modifier des fiches',
      'directory:export': 'Exporter l’annuaire',
      'directory:merge': 'Réunir deux fiches en double',
      'directory:import': 'Importer une liste, défaire un import',
    },
  },
  {
    label: 'Activités',
    permissions: {
      'activities:read': 'Consulter les activités',
      'activities:write': 'Créer et modifier une activité',
      'activities:publish': 'Publier une activité dans l’agenda',
      'activities:cancel': 'Annuler une activité',
    },
  },
  {
    label: 'Présences',
    permissions: {
      'attendance:read': 'Consulter les inscriptions et les présences',
      'attendance:write': 'Pointer les présences, inscrire quelqu’un',
      'attendance:export': 'Exporter les listes de participants',
    },
  },
  {
    label: 'L’année',
    permissions: {
      'figures:read': 'Consulter les chiffres et le rapport',
      'territory:read': 'Consulter les territoires',
    },
  },
  {
    label: 'Réglages',
    permissions: {
      'settings:write': 'Régler le centre (nom, couleurs, coordonnées)',
      'vocabularies:write': 'Modifier les vocabulaires',
      'users:read': 'Voir l’équipe et ses droits',
      'users:write': 'Inviter, changer un rôle, suspendre un compte',
      'mails:read': 'Suivre les messages envoyés',
      'mails:write': 'Renvoyer un message qui n’est pas parti',
      'jobs:read': 'Voir les tâches de fond',
      'jobs:write': 'Relancer une tâche',
      'audit:read': 'Lire le journal des modifications',
      'privacy:read': 'Voir les durées, les demandes et le registre des traitements',
      'privacy:write': 'Régler les durées, répondre aux demandes, effacer une personne',
      'api:write': 'Donner et retirer les accès des programmes',
    },
  },
]

/** What happened to an account, for its history and the journal. */
export const accountChangeLabels: Record<string, string> = {
  'accounts.set-up': 'Premier compte créé',
  'accounts.invited': 'Invitation envoyée',
  'accounts.invited-again': 'Invitation envoyée de nouveau',
  'accounts.password-chosen': 'Mot de passe choisi, compte ouvert',
  'accounts.password-reset': 'Mot de passe remplacé par lien',
  'accounts.password-changed': 'Mot de passe changé',
  'accounts.role-changed': 'Rôle changé',
  'accounts.suspended': 'Compte suspendu',
  'accounts.reactivated': 'Compte rétabli',
  'accounts.signed-out-everywhere': 'Toutes les sessions fermées',
  'accounts.signed-out-elsewhere': 'Les autres sessions fermées',
  'accounts.totp-set': 'Double authentification mise en place',
  'accounts.totp-removed': 'Double authentification retirée',
  'accounts.recovery-codes-made': 'Codes de secours refaits',
  'accounts.recovery-code-used': 'Code de secours utilisé',
  'accounts.passkey-added': 'Clé d’accès ajoutée',
  'accounts.passkey-removed': 'Clé d’accès retirée',
  'accounts.identity-linked': 'Identité professionnelle reliée',
  'accounts.identity-unlinked': 'Identité professionnelle détachée',
  'accounts.identity-expected': 'Identité professionnelle attendue',
  'accounts.factors-reset': 'Double authentification remise à zéro',
  'accounts.second-factor-asked': 'Règle de double authentification changée',
}

export const accountFieldLabels: Record<string, string> = {
  role: 'Rôle',
  email: 'Adresse électronique',
  secondFactorRoles: 'Double authentification demandée à',
  key: 'Clé d’accès',
}

const rolesText = (value: unknown) =>
  [value]
    .flat()
    .map((role) => roleLabels[role as Role] ?? String(role ?? ''))
    .join(', ') || 'personne'

export const accountFieldValue = (field: string, value: unknown): string =>
  field === 'secondFactorRoles'
    ? rolesText(value)
    : field === 'role'
      ? (roleLabels[value as Role] ?? String(value ?? ''))
      : String(value ?? '')

export const mailPurposeLabels: Record<string, string> = {
  'accounts.invitation': 'Invitation dans l’équipe',
  'accounts.sign-in': 'Lien de connexion',
  'accounts.password-reset': 'Lien pour un nouveau mot de passe',
  'accounts.password-changed': 'Avis de changement de mot de passe',
  'accounts.new-device': 'Avis de connexion depuis un appareil nouveau',
  'accounts.totp-set': 'Avis de double authentification mise en place',
  'accounts.totp-removed': 'Avis de double authentification retirée',
  'accounts.recovery-code-used': 'Avis d’emploi d’un code de secours',
  'accounts.passkey-added': 'Avis de clé d’accès ajoutée',
  'accounts.passkey-removed': 'Avis de clé d’accès retirée',
  'accounts.identity-linked': 'Avis d’identité reliée',
  'accounts.identity-unlinked': 'Avis d’identité détachée',
  'accounts.factors-reset': 'Avis de remise à zéro de la double authentification',
}

export const signInMethodLabels = {
  password: 'Mot de passe',
  link: 'Lien reçu par courriel',
  invitation: 'Invitation',
  reset: 'Nouveau mot de passe par lien',
  'set-up': 'Installation',
  passkey: 'Clé d’accès',
  identity: 'Identité professionnelle',
} as const

export const secondStepLabels = {
  code: 'code du téléphone',
  recovery: 'code de secours',
  passkey: 'clé d’accès',
} as const

export const signInOutcomeLabels = {
  entered: 'Entrée',
  'wrong-password': 'Mot de passe refusé',
  'wrong-code': 'Code refusé',
  'passkey-refused': 'Clé d’accès refusée',
  'identity-refused': 'Identité refusée',
  suspended: 'Compte suspendu',
} as const
