#!/usr/bin/env node
// The command line: runs server/cli with the Node that came with the project's packages.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    'Maillage demande Node.js 20 ou plus récent (ici : ' + process.versions.node + ') : voir https://nodejs.org.',
  )
  process.exit(1)
}
import('../scripts/lib/cli.mjs').then(({ cli }) => cli(process.argv.slice(2)))
