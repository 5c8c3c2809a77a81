import { attendancePanels, recordPanels } from './features/activities/index.server.ts'
import { directoryPanels } from './features/directory/index.server.ts'
import type { PanelSource } from './platform/panels.server.ts'

/** What each feature shows on the pages of the records it hangs on. */
export const allPanels: PanelSource[] = [...directoryPanels, ...recordPanels, ...attendancePanels]
