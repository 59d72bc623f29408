/** Stands in for the process of pictures, and does what its path says. */
import type { Answer, Question } from './task.ts'

const say = (answer: Answer) => process.send?.(answer)

process.on('disconnect', () => process.exit())
process.on('message', ({ number, task }: Question) => {
  if (task.path === 'die') process.kill(process.pid, 'SIGKILL')
  if (task.path === 'die later') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10)
  if (task.path === 'hang') return
  if (task.path === 'spin') for (;;);
  // oxlint-disable-next-line node/no-process-env -- what is in there is what the test asks
  const names = Object.keys(process.env)
  say({
    kind: 'drawn',
    number,
    drawn: { files: {}, blurhash: JSON.stringify([process.pid, names]) },
  })
})
say({ kind: 'ready' })
