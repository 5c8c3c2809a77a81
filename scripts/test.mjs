// Installs what is missing, builds if needed, then runs every test, browser journeys included.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    'Maillage demande Node.js 20 ou plus récent (ici : ' + process.versions.node + ') : voir https://nodejs.org.',
  )
  process.exit(1)
}
import('./lib/test.mjs').then(({ test }) => test(process.argv.slice(2)))
