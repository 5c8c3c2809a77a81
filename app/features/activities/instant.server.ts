/** Times of a raw query come as PostgreSQL writes them. */
export const instant = (text: string): Date => new Date(text)
export const instantOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text))
