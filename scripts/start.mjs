// Installs what is missing, builds if needed, then becomes the server. Everything newer than Node 14 stays in lib/,
// loaded after the check, so that an old Node gets a sentence instead of a syntax error.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    'Maillage demande Node.js 20 ou plus récent (ici : ' + process.versions.node + ') : voir https://nodejs.org.',
  )
  process.exit(1)
}
import('./lib/start.mjs').then(({ start }) => start(process.argv.slice(2)))
