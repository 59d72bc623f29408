const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a tool to its end. Whatever it put on the stack is undone before the process ends: also after a failure, and when
 * a signal comes while it is at work. The number that it gives is the exit code.
 */
export async function runTool(run: (stack: AsyncDisposableStack) => Promise<number>): Promise<void> {
  const stack = new AsyncDisposableStack()
  const { promise: interrupted, resolve } = Promise.withResolvers<number>()
  // Shells say 128 and the number of the signal; a second signal while cleaning up changes nothing.
  for (const signal of SIGNALS) process.on(signal, () => resolve(signal === 'SIGINT' ? 130 : 143))
  const finished = run(stack).catch((error: unknown) => {
    console.error(error instanceof Error ? error.stack : String(error))
    return 1
  })
  const code = await Promise.race([finished, interrupted])
  await stack.disposeAsync()
  process.exit(code)
}

/** Resolves when the tool is asked to end: for tools that run until then. */
export function untilInterrupted(): Promise<number> {
  return new Promise((done) => {
    for (const signal of SIGNALS) process.once(signal, () => done(0))
  })
}
