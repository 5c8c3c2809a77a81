/** What the form asks, apart and unticked; the sentence is kept with the answer. */
export type ConsentAsked = 'newsletter' | 'invitations' | 'photos'

export const consentSentences: Record<ConsentAsked, string> = {
  newsletter: 'Je souhaite recevoir la lettre d’information par courriel.',
  invitations: 'Je souhaite être invité·e par courriel aux prochaines activités.',
  photos: 'J’accepte d’être pris·e en photo ou filmé·e pendant l’activité.',
}

export const consentsAsked = ({ askPhotos }: { askPhotos: boolean }) =>
  (['newsletter', 'invitations', ...(askPhotos ? (['photos'] as const) : [])] as const).map((purpose) => ({
    purpose,
    wording: consentSentences[purpose],
  }))
