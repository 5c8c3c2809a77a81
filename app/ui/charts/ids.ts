/** An id that follows from a title: the same on the server and in the browser. */
export const idOfText = (text: string): string =>
  `g-${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()}`
