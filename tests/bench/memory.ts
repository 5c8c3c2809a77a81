import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '../process/serve.ts'
import { Visitor } from '../process/visitor.ts'
import type { Measure } from './measure.ts'

const SETTLE = 20_000

/** The demonstration, visited a little, then left alone: our process and every process of its database. Shared pages count once. */
export async function idleMemory(dataDir: string): Promise<Measure[]> {
  const env = { DATA_DIR: dataDir, DEMO: '1' }
  const first = await serve({ env })
  await first.stop()
  const start = performance.now()
  const served = await serve({ env })
  const startTime = performance.now() - start
  const visitor = new Visitor(1)
  for (const path of ['/', '/agenda', '/connexion', '/agenda/annee/2022']) await visitor.get(served.url + path)
  visitor.close()
  await wait(SETTLE)
  const kilobytes = [served.child.pid!, ...databaseProcesses(dataDir)].reduce((sum, pid) => sum + proportional(pid), 0)
  await served.stop()
  return [
    { label: 'second démarrage, rien n’ayant changé', value: startTime, unit: 'ms', goal: { most: 3000 } },
    { label: 'mémoire, démonstration au repos', value: kilobytes / 1000, unit: 'Mo', goal: { most: 350 } },
  ]
}

function databaseProcesses(dataDir: string): number[] {
  const postmaster = Number(readFileSync(`${dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[0])
  const parentOf = (pid: number) => Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return [postmaster, ...all.filter((pid) => pid > 0 && isChild(pid))]

  function isChild(pid: number) {
    try {
      return parentOf(pid) === postmaster
    } catch {
      return false
    }
  }
}

const proportional = (pid: number) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
