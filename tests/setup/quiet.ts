import { afterEach, beforeEach, expect } from 'vitest'

/** What the code complains about on the console is a failure, unless the test says it expects it. */
const said: unknown[][] = []
const real = console.error

beforeEach(() => {
  said.length = 0
  console.error = (...args) => {
    said.push(args)
    real(...args)
  }
})

afterEach(() => {
  console.error = real
  expect(said).toEqual([])
})
