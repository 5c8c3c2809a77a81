// Cuts the two faces down to what French pages use. Run again after an update of the @fontsource packages:
// `node scripts/fonts.mjs`; its output is committed, so that a build needs no font tool.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

const resolve = createRequire(import.meta.url).resolve
const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))

const ascii = range(0x20, 0x7e)
const french = 'ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿ'
const signs = '\u00a0\u202f\u2009\u2011«»“”‘’–—…·•€°№×−±≈≤≥½¼¾²³ᵉ→←↑↓↗›‹✓§©'
const neighbours = range(0xa1, 0xff) + 'ĀāĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŘřŚśŞşŠšŢţŤťŪūŮůŰűŹźŻżŽžȘșȚț'

const faces = [
  {
    from: '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
    to: 'figtree.woff2',
    text: ascii + french + signs + neighbours,
    variationAxes: { wght: { min: 400, max: 700 } },
  },
  {
    from: '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
    to: 'bricolage-grotesque.woff2',
    text: ascii + french + signs,
    variationAxes: { wght: { min: 600, max: 700 } },
  },
]

let total = 0
for (const { from, to, text, variationAxes } of faces) {
  const cut = await subsetFont(await readFile(resolve(from)), text, {
    targetFormat: 'woff2',
    variationAxes,
    noHinting: true,
    keepFeatures: ['kern', 'liga', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum', 'lnum', 'sups'],
  })
  await writeFile(new URL(`../app/ui/fonts/${to}`, import.meta.url), cut)
  total += cut.length
  console.log(`${to}: ${(cut.length / 1000).toFixed(1)} ko`)
}
if (total > 45_000) throw new Error(`The two faces weigh ${total} bytes: more than 45 000.`)
