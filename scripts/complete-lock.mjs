// To run after `npm install` of a new package where the registry at hand does not carry the packages made for other
// systems: npm then leaves them out of package-lock.json, and `npm ci` refuses the file everywhere. They are optional and
// named after the system they are for, so their entries can be written from what asks for them.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib/project.mjs'

const file = path.join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

const added = []
for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const entry = `node_modules/${name}`
    if (lock.packages[entry] || lock.packages[`${parent}/${entry}`]) continue
    lock.packages[entry] = { version, ...target(name), ...(dev ? { dev } : {}), optional: true }
    added.push(name)
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
if (added.length > 0)
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
console.log(added.length === 0 ? 'package-lock.json est complet.' : `Ajoutés : ${added.join(', ')}.`)

function target(name) {
  const words = name.split(/[/-]/)
  const os = words.filter((word) => systems.includes(word))
  const cpu = words.filter((word) => processors.includes(word))
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : null
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name}: for which system?`)
  return { cpu, os, ...(libc ? { libc } : {}) }
}
