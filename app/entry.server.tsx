import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { renderToPipeableStream } from 'react-dom/server'
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router'
import { isDatabaseAway } from './platform/database.server.ts'
import { reportError } from './platform/log.server.ts'
import { requestContext, webRequest } from './platform/request-context.server.ts'

/** What the process that serves needs of the application: it knows no other module of it. */
export { openHouse } from './house.server.ts'

const TIMEOUT = 10_000

/** A page leaves whole: its status and its cache label are known, and nothing of it needs a script to show. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const { nonce } = loadContext.get(webRequest)
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(<ServerRouter context={context} url={request.url} nonce={nonce} />, {
      nonce,
      onAllReady() {
        clearTimeout(timer)
        const body = new PassThrough()
        resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
        pipe(body)
      },
      onShellError: reject,
      onError: (error) => {
        status = 500
        reportError(error, loadContext.get(requestContext).requestId)
      },
    })
    const timer = setTimeout(abort, TIMEOUT)
  })
}

/** Called for what a loader or an action throws and that is not an answer. */
export function handleError(error: unknown, { request, context }: { request: Request; context: unknown }) {
  if (request.signal.aborted) return
  const known = context as RouterContextProvider
  // one page of « the service comes back in a moment »: the outage itself is reported once, by what watches the database
  if (isDatabaseAway(error)) known.get(webRequest).databaseAway = true
  else reportError(error, known.get(requestContext).requestId)
}
