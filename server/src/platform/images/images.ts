import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'
import type { Log } from '#platform/log'
import type { Answer, Drawn, DrawTask, Problem, Question } from './task.ts'

export type Images = {
  /** Refuses what is no picture, what is too large, and what is damaged or hostile; all else is drawn. */
  draw(task: DrawTask): Promise<Drawn>
  close(): void
}

export type ImagesOptions = { log: Log; timeoutMs?: number; idleMs?: number; file?: string }

const MOST_WAITING = 32
const START_MS = 20_000
const WORDS: Record<Problem, string> = {
  kind: 'File is not a picture of a kind that is taken here',
  size: 'File has too many pixels',
  broken: 'File is damaged and cannot be read as a picture',
}

/**
 * One process for pictures, started at the first one, ended when idle and started anew after a crash. Pictures wait
 * for each other, so that memory and processor are bounded however many come at once.
 */
export function openImages({ log, timeoutMs = 30_000, idleMs = 60_000, file }: ImagesOptions): Images {
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let waiting = 0
  let number = 0
  let tail: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const stop = () => {
    clearTimeout(idle)
    child?.kill('SIGKILL')
    child = undefined
  }
  const drawNow = async (task: DrawTask): Promise<Drawn> => {
    clearTimeout(idle)
    if (!child?.connected) child = await startChild(file ?? join(import.meta.dirname, 'child.ts'))
    if (isClosed) stop()
    const answer = child && (await ask(child, { number: (number += 1), task }, timeoutMs))
    if (answer === undefined) {
      log.warn('a picture ended its process or took too long', { path: task.path })
      stop()
      throw refusal('broken')
    }
    idle = setTimeout(stop, idleMs).unref()
    if (answer.kind === 'drawn') return answer.drawn
    throw refusal(answer.kind === 'refused' ? answer.problem : 'broken')
  }
  return {
    draw: async (task) => {
      if (waiting >= MOST_WAITING)
        throw new Refusal('tooMany', 'Too many pictures are being read. Try again in a moment.')
      waiting += 1
      const turn = tail.then(() => drawNow(task))
      tail = turn.catch(() => {})
      return turn.finally(() => (waiting -= 1))
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}

function refusal(problem: Problem): Refusal {
  return new Refusal('invalid', `Validation failed: ${WORDS[problem]}`)
}

/** Secrets of the server stay out of that process: its environment is empty. */
async function startChild(file: string): Promise<ChildProcess> {
  const child = fork(file, [], {
    execArgv: ['--max-old-space-size=256', '--disable-warning=ExperimentalWarning'],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  const [first] = (await Promise.race([
    once(child, 'message', { signal: AbortSignal.timeout(START_MS) }),
    once(child, 'exit'),
  ]).catch(() => [])) as [Answer?]
  hold(child, false)
  if (first?.kind === 'ready') return child
  child.kill('SIGKILL')
  throw new Error('The process for pictures did not start')
}

/** The answer to one question; undefined when the process ended or took too long. */
async function ask(child: ChildProcess, question: Question, timeoutMs: number): Promise<Answer | undefined> {
  hold(child, true)
  return new Promise((done) => {
    const finish = (answer: Answer | undefined) => {
      clearTimeout(timer)
      hold(child, false)
      child.off('message', hear)
      child.off('exit', ended)
      done(answer)
    }
    const hear = (answer: Answer) => {
      if ('number' in answer && answer.number === question.number) finish(answer)
    }
    const ended = () => finish(undefined)
    const timer = setTimeout(ended, timeoutMs)
    child.on('message', hear)
    child.on('exit', ended)
    if (!child.connected) return finish(undefined)
    child.send(question, (error) => error && finish(undefined))
  })
}

/** Only a picture in work keeps the server's process alive, not one that may come. */
function hold(child: ChildProcess, isBusy: boolean): void {
  if (isBusy) child.ref()
  else child.unref()
  if (isBusy) child.channel?.ref()
  else child.channel?.unref()
}
