/** Pictures: opened, turned, cut, and written anew without what they knew of their maker, in a child process. */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'

export type ImageSize = { mostPixels?: number; crop?: { width: number; height: number } }
export type ImageTask = { path: string; sizes: ImageSize[] }
export type MadeImage = { data: string; width: number; height: number }
export type ImageAnswer = { extension: string; sizes: MadeImage[]; blurhash: string }
export type ProcessedImage = {
  extension: string
  blurhash: string
  /** In the order of the sizes that were asked. */
  sizes: { content: Buffer; width: number; height: number }[]
}

export type Images = {
  /** Refuses with 422 what is no picture, is broken, too large, or takes too long. */
  process(path: string, sizes: ImageSize[]): Promise<ProcessedImage>
  close(): void
}

const TIMEOUT_MS = 30_000

export function openImages(): Images {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const ensure = () => {
    if (!child?.connected)
      child = fork(join(import.meta.dirname, 'worker.ts'), { stdio: 'ignore', serialization: 'json' })
    return child
  }
  const end = () => {
    child?.kill('SIGKILL')
    child = undefined
  }
  return {
    process: (path, sizes) => {
      // One after another: two large pictures at once would need twice the memory.
      const turn = last.then(() => ask(ensure(), { path, sizes }, end))
      last = turn.catch(() => {})
      return turn
    },
    close: end,
  }
}

function ask(child: ChildProcess, task: ImageTask, end: () => void): Promise<ProcessedImage> {
  return new Promise((done, fail) => {
    const settle = () => {
      clearTimeout(timer)
      child.off('message', answered)
      child.off('exit', died)
    }
    const answered = (answer: ImageAnswer | { fault: string }) => {
      settle()
      if ('fault' in answer) fail(refuse(answer.fault))
      else done(read(answer))
    }
    const died = () => {
      settle()
      end()
      fail(refuse('it could not be opened'))
    }
    const timer = setTimeout(() => {
      settle()
      end()
      fail(refuse('it takes too long to open'))
    }, TIMEOUT_MS)
    child.on('message', answered)
    child.on('exit', died)
    child.send(task)
  })
}

function refuse(why: string): Refusal {
  return new Refusal('invalid', `Validation failed: File is not usable: ${why}`)
}

function read(answer: ImageAnswer): ProcessedImage {
  const sizes = answer.sizes.map(({ data, width, height }) => ({ content: Buffer.from(data, 'base64'), width, height }))
  return { extension: answer.extension, blurhash: answer.blurhash, sizes }
}
