import { randomOf } from '#app/ui/weave.ts'

/** The hue of a theme, which never changes; activities without a theme wear the colours of the centre. */
export const themeHue = (themeId: string | null): number | null =>
  themeId === null ? null : Math.floor(randomOf(themeId)() * 360)
