import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const TIMEOUT_MS = 60_000

export type Ended = { code: number; out: string; error: string }
export type Commands = { run(args: string[]): Promise<Ended>; stop(): void }

/** A process in which commands are loaded once: loading costs more than all that any of them does. Runs one at a time. */
export function startCommands(env: NodeJS.ProcessEnv): Commands {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const start = () => {
    const flags = ['--disable-warning=ExperimentalWarning']
    child = fork(join(import.meta.dirname, 'commands-process.ts'), { env, execArgv: flags, stdio: 'inherit' })
    child.once('exit', () => (child = undefined))
    return child
  }
  const runNow = (args: string[]) =>
    new Promise<Ended>((done, fail) => {
      const running = child ?? start()
      const end = (settle: () => void) => {
        clearTimeout(timer)
        running.off('message', hear).off('exit', gone)
        settle()
      }
      const hear = (ended: unknown) => end(() => done(ended as Ended))
      const gone = () => end(() => fail(new Error(`hamlet ${args.join(' ')}: its process ended`)))
      const timer = setTimeout(() => running.kill('SIGKILL'), TIMEOUT_MS)
      running.once('message', hear).once('exit', gone)
      running.send(args)
    })
  return {
    run: (args) => {
      const ended = last.then(() => runNow(args))
      last = ended.catch(() => {})
      return ended
    },
    stop: () => child?.kill('SIGKILL'),
  }
}
