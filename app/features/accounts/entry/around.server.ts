import type { RouterContextProvider } from 'react-router'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { readDeviceCookie, readStepCookie } from '../cookies.server.ts'
import { deviceOf } from '../device.ts'
import type { Around } from './admit.server.ts'

/** From the request to what the functions that open sessions need of it. */
export function aroundOf(request: Request, context: Readonly<RouterContextProvider>): Required<Around> {
  const [ctx, { ip, userAgent, sessionToken }] = [context.get(requestContext), context.get(webRequest)]
  const cookies = request.headers.get('cookie')
  return {
    ip,
    device: deviceOf(userAgent),
    formerSession: sessionToken,
    knownAccountId: readDeviceCookie(ctx, cookies),
    waitingIdentity: readStepCookie(ctx, 'identite', cookies),
  }
}
