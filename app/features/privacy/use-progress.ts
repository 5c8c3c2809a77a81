import { useEffect } from 'react'
import { useRevalidator } from 'react-router'

/** While something long goes on, the page is read again every two seconds; without script, a link does it. */
export function useProgress(goesOn: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!goesOn) return
    const timer = setInterval(() => void revalidate(), 2000)
    return () => clearInterval(timer)
  }, [goesOn, revalidate])
}
