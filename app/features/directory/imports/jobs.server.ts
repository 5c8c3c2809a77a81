import type { ImportKind } from '#app/platform/imports.ts'
import { type JobHandler, onJob, onSchedule } from '#app/platform/jobs.server.ts'
import { importCheck, importRun, importUndo } from './change-import.server.ts'
import { runCheck } from './check-import.server.ts'
import { clearImports } from './clear-imports.server.ts'
import { runImport } from './run-import.server.ts'
import { runUndo } from './undo-import.server.ts'

/** Long work, whatever the kinds. */
export const importJobs = (kinds: readonly ImportKind[]): JobHandler[] => [
  onJob(importCheck, (ctx, { importId }) => runCheck(ctx, kinds, importId), { lane: 'long' }),
  onJob(importRun, (ctx, { importId }) => runImport(ctx, kinds, importId), { lane: 'long' }),
  onJob(importUndo, (ctx, { importId }) => runUndo(ctx, kinds, importId), { lane: 'long' }),
  onSchedule('directory.clear-imports', 'Oublier les fichiers repris', '40 4 * * *', clearImports),
]
