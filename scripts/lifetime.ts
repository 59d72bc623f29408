const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** What shells say of a program that Ctrl-C ended. */
const INTERRUPTED = 130

/**
 * Runs a tool to its end. Whatever it put on the stack is undone before the process ends: also after a failure, and when
 * a signal comes while it is at work. The number that it gives is the exit code; a tool that runs until Ctrl-C says
 * which code that is.
 */
export async function runTool(
  run: (stack: AsyncDisposableStack) => Promise<number>,
  codeOfInterrupt = INTERRUPTED,
): Promise<void> {
  const stack = new AsyncDisposableStack()
  const { promise: interrupted, resolve } = Promise.withResolvers<number>()
  // A second signal while cleaning up changes nothing.
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    resolve(codeOfInterrupt)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  const finished = run(stack).catch((error: unknown) => {
    // What fails because everything is being stopped is no news.
    if (isInterrupted) return codeOfInterrupt
    console.error(error instanceof Error ? error.stack : String(error))
    return 1
  })
  const code = await Promise.race([finished, interrupted])
  await stack.disposeAsync()
  process.exit(code)
}
