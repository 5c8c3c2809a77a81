/** What a file cannot be given for: there is no page around it to say so. */
export const refusal = (status: number, sentence: string): Response =>
  new Response(sentence, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** The answer to a box that finds as one types; it says nothing to a cache shared with others. */
export const suggestions = (found: readonly { id: string; label: string; detail?: string | null }[]): Response =>
  Response.json(
    found.map(({ id, label, detail }) => ({ id, label, detail: detail ?? null })),
    { headers: { 'cache-control': 'private, no-store' } },
  )
