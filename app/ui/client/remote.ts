import { useEffect, useState } from 'react'

export interface RemoteItem {
  id: string
  label: string
  detail?: string | null
}

const WAIT = 150

/** Answers to `?q=` as one types: the last question wins, earlier ones are dropped. */
export function useRemote<Answer>(
  source: string,
  query: string,
  nothing: Answer,
): { answer: Answer; state: 'idle' | 'loading' | 'failed' } {
  const [{ answer, state, asked }, set] = useState<{
    answer: Answer
    state: 'idle' | 'loading' | 'failed'
    asked: string
  }>({
    answer: nothing,
    state: 'idle',
    asked: '',
  })
  const text = query.trim()
  useEffect(() => {
    if (text === '') return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      set((before) => ({ ...before, state: 'loading' }))
      fetchJson<Answer>(source, text, stop.signal)
        .then((found) => set({ answer: found, state: 'idle', asked: text }))
        .catch(() => stop.signal.aborted || set((before) => ({ ...before, state: 'failed', asked: text })))
    }, WAIT)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [source, text])
  if (text === '') return { answer: nothing, state: 'idle' }
  return { answer, state: asked === text ? state : 'loading' }
}

async function fetchJson<Answer>(source: string, query: string, signal: AbortSignal): Promise<Answer> {
  const address = `${source}${source.includes('?') ? '&' : '?'}q=${encodeURIComponent(query)}`
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.json() as Promise<Answer>
}
