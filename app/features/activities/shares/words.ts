/** What is agreed on with the other organisers (the view activities.attributed). */
export type SharingState = 'own' | 'shared' | 'to-share' | 'others'

export const sharingLabels: Record<SharingState, string> = {
  own: 'Organisée par le centre',
  shared: 'Partagée',
  'to-share': 'À partager',
  others: 'Comptée par son organisateur',
}
