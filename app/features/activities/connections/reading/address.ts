const ADDRESS = /[^\s@<>;,:"'()]{1,64}@[^\s@<>;,:"'()]{1,190}\.[^\s@<>;,:"'().]{2,24}/

/** The first address of a cell. */
export const emailOf = (said: string): string | null => ADDRESS.exec(said.slice(0, 400))?.[0].toLowerCase() ?? null
