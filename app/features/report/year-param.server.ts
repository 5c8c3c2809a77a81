import { notFound } from '#app/platform/web.server.ts'

/** The year of an address; what is not one leads nowhere. */
export function yearParam(text: string): number {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  if (year < 1990 || year > 2100) throw notFound(`Il n’y a pas d’année « ${text.slice(0, 20)} ».`)
  return year
}
