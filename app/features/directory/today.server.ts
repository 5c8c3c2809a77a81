import type { AppContext } from '#app/platform/context.ts'
import { isoDay } from '#app/ui/french.ts'

/** The day it is in Paris. */
export const today = (ctx: AppContext): string => isoDay(ctx.now())
