/** The other process: draws one picture after another until its parent goes, and ends rather than take too much memory. */
import { writeFileSync } from 'node:fs'
import { draw, prepareLibrary, Unreadable } from './draw.ts'
import type { Answer, Question } from './task.ts'

const MAX_MEMORY_BYTES = 1_073_741_824
const LOOK_MS = 50

const say = (answer: Answer) => process.send?.(answer)
const end = () => process.kill(process.pid, 'SIGKILL')

// Where memory runs out, the kernel should take this process and never the server.
try {
  writeFileSync('/proc/self/oom_score_adj', '1000')
} catch {
  // Not Linux.
}
// Ctrl-C reaches the whole group; the parent decides when this process is no longer needed.
process.on('SIGINT', () => {})
process.on('disconnect', end)
setInterval(() => {
  if (process.memoryUsage.rss() > MAX_MEMORY_BYTES) end()
}, LOOK_MS)

prepareLibrary()
process.on('message', ({ number, task }: Question) => {
  draw(task).then(
    (drawn) => say({ kind: 'drawn', number, drawn }),
    (error: unknown) =>
      say({ kind: 'refused', number, problem: error instanceof Unreadable ? error.problem : 'broken' }),
  )
})
say({ kind: 'ready' })
