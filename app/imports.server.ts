import { presencesKind } from './features/activities/index.server.ts'
import { affiliationsKind, organisationsKind, peopleKind } from './features/directory/index.server.ts'
import type { ImportKind } from './platform/imports.ts'

/** What a file may hold that is taken over from elsewhere. */
export const allImports: ImportKind[] = [peopleKind, organisationsKind, affiliationsKind, presencesKind]
