const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' })

/** « 2022-11-24 »: the day it is in Paris. */
export const parisDay = (instant: Date): string => calendar.format(instant)
