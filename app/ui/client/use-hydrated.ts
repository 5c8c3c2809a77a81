import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** false on the server and for the first drawing in the browser: what needs a script shows only once it runs. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
