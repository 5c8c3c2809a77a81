import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import type { DrawAnswer, DrawRequest } from './drawer.ts'

export type PdfProblem = 'busy' | 'too-long' | 'refused' | 'crashed'

/** Why a PDF did not come. `refused`: the template or its data are wrong; `detail` never holds anybody's name. */
export class PdfFailure extends Error {
  override name = 'PdfFailure'
  readonly problem: PdfProblem
  constructor(problem: PdfProblem, detail = '') {
    super(detail ? `${problem}: ${detail}` : problem)
    this.problem = problem
  }
}

export interface DrawingOptions {
  /** A drawing that takes longer is cut. */
  timeLimit: number
  /** How many may wait their turn. */
  maxWaiting: number
  /** Left without work, the process ends. */
  idle: number
  /** Above this, the process gives way to a fresh one. */
  maxMemory: number
}

interface Waiting extends Omit<DrawRequest, 'id'> {
  resolve: (pdf: Uint8Array) => void
  reject: (failure: PdfFailure) => void
}

const drawer = () => createRequire(import.meta.url).resolve('#app/platform/pdf/drawer.ts')

/** One process that draws one document at a time, started when it is needed, killed when it takes too long. */
export class Drawing {
  private readonly options: DrawingOptions
  private readonly queue: Waiting[] = []
  private child: ChildProcess | null = null
  private current: (Waiting & { id: number; timer: NodeJS.Timeout }) | null = null
  private idleTimer: NodeJS.Timeout | null = null
  private drawn = 0

  constructor(options: DrawingOptions) {
    this.options = options
  }

  draw(source: string, data: string): Promise<Uint8Array> {
    if (this.queue.length >= this.options.maxWaiting) return Promise.reject(new PdfFailure('busy'))
    return new Promise((resolve, reject) => {
      this.queue.push({ source, data, resolve, reject })
      this.next()
    })
  }

  close(): void {
    this.end()
    for (const { reject } of this.queue.splice(0)) reject(new PdfFailure('crashed', 'closed'))
  }

  private next(): void {
    if (this.current) return
    const waiting = this.queue.shift()
    if (!waiting) return this.rest()
    if (this.idleTimer) clearTimeout(this.idleTimer)
    this.drawn += 1
    const timer = setTimeout(() => this.fail(new PdfFailure('too-long')), this.options.timeLimit)
    this.current = { ...waiting, id: this.drawn, timer }
    this.child ??= this.start()
    this.hold(true)
    this.child.send({ id: this.drawn, source: waiting.source, data: waiting.data } satisfies DrawRequest)
  }

  /** Nothing of ours in its environment: no address of the database, no key. */
  private start(): ChildProcess {
    const child = fork(drawer(), {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { SystemRoot: process.env.SystemRoot },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (answer: DrawAnswer) => this.answered(child, answer))
    child.once('error', () => this.lost(child))
    child.once('exit', () => this.lost(child))
    return child
  }

  private answered(child: ChildProcess, answer: DrawAnswer): void {
    const { current } = this
    if (child !== this.child || current?.id !== answer.id) return
    clearTimeout(current.timer)
    this.current = null
    if (answer.ok) current.resolve(answer.pdf)
    else current.reject(new PdfFailure('refused', withoutQuotes(answer.problem)))
    if (answer.memory > this.options.maxMemory) this.end()
    this.next()
  }

  private lost(child: ChildProcess): void {
    if (child !== this.child) return
    this.fail(new PdfFailure('crashed'))
  }

  private fail(failure: PdfFailure): void {
    const { current } = this
    this.end()
    this.current = null
    if (current) {
      clearTimeout(current.timer)
      current.reject(failure)
    }
    this.next()
  }

  private rest(): void {
    this.hold(false)
    if (this.idleTimer) clearTimeout(this.idleTimer)
    this.idleTimer = setTimeout(() => this.end(), this.options.idle)
    this.idleTimer.unref()
  }

  private end(): void {
    const { child } = this
    this.child = null
    child?.kill('SIGKILL')
  }

  /** Only a drawing under way keeps our own process from ending. */
  private hold(needed: boolean): void {
    if (!this.child) return
    if (needed) {
      this.child.ref()
      this.child.channel?.ref()
    } else {
      this.child.unref()
      this.child.channel?.unref()
    }
  }
}

/** What Typst quotes may be what somebody typed. */
const withoutQuotes = (problem: string) => problem.replace(/`[^`]*`|\\*"[^"]*"/g, '…').slice(0, 500)
