/** What the house does with personal data, purpose by purpose, as the law asks it to be told. */
export interface DataPurpose {
  id: string
  title: string
  why: string
  what: string
  basis: string
  howLong: string
  whoReads: string
}

export const dataPurposes: readonly DataPurpose[] = [
  {
    id: 'inscriptions',
    title: 'Vos inscriptions et votre participation',
    why: 'Réserver votre place, vous écrire au sujet de l’activité (confirmation, rappel, changement, annulation), tenir la liste d’attente et la feuille de présence.',
    what: 'Nom, prénom, adresse électronique, organisation, fonction, profil, département, réponses aux questions posées à l’inscription ; vos besoins d’accessibilité si vous les dites, pour cette activité seulement.',
    basis: 'La mission du centre : organiser les activités auxquelles vous demandez à participer.',
    howLong:
      'Tant que la participation sert au bilan de l’activité du centre ; l’effacement peut être demandé à tout moment.',
    whoReads: 'L’équipe du centre.',
  },
  {
    id: 'bilan',
    title: 'Le bilan de l’année',
    why: 'Rendre compte de l’activité du centre à ses financeurs : combien de participations, de personnes différentes, de profils et de départements.',
    what: 'Des nombres seulement : personne n’y est nommé.',
    basis: 'La mission du centre et ses obligations envers ses financeurs.',
    howLong: 'Sans limite, puisqu’il ne s’agit plus de données personnelles.',
    whoReads: 'Tout le monde, dans le rapport publié.',
  },
  {
    id: 'annuaire',
    title: 'L’annuaire du centre',
    why: 'Savoir qui fait quoi sur le territoire, mettre en relation, inviter à ce qui vous concerne.',
    what: 'Nom, prénom, coordonnées professionnelles, organisations et fonctions, avec leurs dates.',
    basis: 'L’intérêt du centre à animer son réseau ; vous pouvez vous y opposer.',
    howLong: 'Tant que vous êtes en relation avec le centre.',
    whoReads: 'L’équipe du centre. L’annuaire n’est pas publié.',
  },
  {
    id: 'consentements',
    title: 'Lettre d’information, invitations, photos',
    why: 'Vous écrire au sujet d’autres activités, ou montrer des images d’une activité.',
    what: 'Votre accord ou votre refus, sa date, la phrase à laquelle vous avez répondu.',
    basis:
      'Votre consentement, demandé séparément pour chaque chose, jamais coché d’avance ; il se retire aussi simplement.',
    howLong: 'Jusqu’à ce que vous le retiriez ; la trace du retrait est gardée comme preuve.',
    whoReads: 'L’équipe du centre.',
  },
  {
    id: 'messages',
    title: 'Les messages que nous vous envoyons',
    why: 'Vérifier qu’un message est parti, et le renvoyer s’il ne l’est pas.',
    what: 'L’adresse, l’objet et le texte du message. Rien ne dit au centre si vous l’avez ouvert.',
    basis: 'L’intérêt du centre à tenir ce qu’il annonce.',
    howLong: 'Un an.',
    whoReads: 'La direction, la communication et l’administration du centre.',
  },
  {
    id: 'securite',
    title: 'La sécurité du site',
    why: 'Empêcher les abus, et savoir qui a modifié quoi dans le bureau du centre.',
    what: 'Pour les visiteurs, un compte de demandes par adresse IP. Pour l’équipe, ses sessions et ce qu’elle a changé.',
    basis: 'L’intérêt du centre à protéger les données qu’on lui confie.',
    howLong: 'Deux jours pour les adresses IP des visiteurs.',
    whoReads: 'L’administration du centre.',
  },
]
