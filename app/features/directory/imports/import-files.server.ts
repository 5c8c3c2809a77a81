import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { AppContext } from '#app/platform/context.ts'

type Place = Pick<AppContext, 'filesDir'>

/** Where files sent to be taken over wait; apart from documents, and forgotten once the import is done with. */
export const importsFolder = ({ filesDir }: Place) => path.join(filesDir, 'imports')

export const pathOfImport = (place: Place, importId: string) => path.join(importsFolder(place), importId)

export async function keepImportFile(place: Place, importId: string, from: string): Promise<void> {
  await mkdir(importsFolder(place), { recursive: true })
  await rename(from, pathOfImport(place, importId))
}

export const dropImportFile = (place: Place, importId: string) => rm(pathOfImport(place, importId), { force: true })
