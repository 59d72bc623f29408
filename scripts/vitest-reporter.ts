import type { Reporter, TestModule } from 'vitest/node'
import type { UserConsoleLog } from 'vitest'

const SLOWEST = 10

/** Prints failures, the slowest files, and one closing line `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
  /** Whole runs of abuse tell what got through: their figures are what they are for. */
  onUserConsoleLog({ content }: UserConsoleLog): void {
    if (process.env.HAMLET_TEST_MATRIX === 'all') process.stdout.write(content)
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0
    let failed = unhandled.length
    let skipped = 0
    for (const error of unhandled) console.error(error)
    for (const module of modules) {
      for (const error of module.errors()) {
        failed += 1
        console.error(`FAIL ${module.relativeModuleId}\n${error.stack ?? error.message}`)
      }
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) {
          failed += 1
          console.error(`FAIL ${module.relativeModuleId} > ${suite.fullName} (a hook)\n${error.stack ?? error.message}`)
        }
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') passed += 1
        else if (result.state === 'skipped') skipped += 1
        else {
          failed += 1
          console.error(`FAIL ${module.relativeModuleId} > ${test.fullName}`)
          for (const error of result.errors ?? []) {
            console.error(error.stack ?? error.message)
            if (error.diff) console.error(error.diff)
          }
        }
      }
    }
    const slowest = [...modules].sort((a, b) => b.diagnostic().duration - a.diagnostic().duration).slice(0, SLOWEST)
    for (const module of slowest)
      console.log(`${String(Math.round(module.diagnostic().duration)).padStart(6)} ms  ${module.relativeModuleId}`)
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  }
}
