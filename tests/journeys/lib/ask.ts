export interface Asked {
  cookie?: string
  /** Sent by POST. */
  form?: Record<string, string> | FormData
}

export interface Answered {
  status: number
  headers: Headers
  text: string
}

let visitors = 0

/** One request, redirections not followed; each from an address of its own, so that limits by address stay out of the way. */
export async function ask(address: string, { cookie, form }: Asked = {}): Promise<Answered> {
  visitors += 1
  const response = await fetch(address, {
    redirect: 'manual',
    headers: {
      'x-forwarded-for': `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`,
      ...(cookie && { cookie }),
    },
    ...(form && { method: 'POST', body: form instanceof FormData ? form : new URLSearchParams(form) }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Does all of it, a few at a time; answers in the order asked. */
export async function forEach<Item, Value>(items: readonly Item[], work: (item: Item) => Promise<Value>, lanes = 4) {
  const values: Value[] = []
  const waiting = items.entries()
  const lane = async () => {
    for (const [i, item] of waiting) values[i] = await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return values
}
