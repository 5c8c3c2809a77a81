import type { Operation } from '../operation.ts'
import { activityOperations } from './activities.server.ts'
import { attendanceOperations } from './attendance.server.ts'
import { figureOperations } from './figures.server.ts'
import { organisationOperations } from './organisations.server.ts'
import { peopleOperations } from './people.server.ts'

/** Everything that a program may do, in the order of the description. */
export const operations: readonly Operation[] = [
  ...activityOperations,
  ...attendanceOperations,
  ...peopleOperations,
  ...organisationOperations,
  ...figureOperations,
]
