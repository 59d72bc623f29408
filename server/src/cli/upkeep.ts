import { rebuildIndexes } from '#features/search'
import { Refusal } from '#lib/refusal'
import { listFailedJobs, retryFailedJobs } from '#platform/jobs'
import { print, type Arguments } from './command.ts'
import { tellProgress } from './progress.ts'
import { withContext } from './with-context.ts'

/** Builds what searching goes by anew. */
export async function rebuildSearch(args: Arguments): Promise<void> {
  const tell = tellProgress(args)
  const names = await withContext((ctx) => rebuildIndexes(ctx, (done, of) => tell('indexes', done, of)))
  print(args, { indexes: names }, [`${names.length} indexes are built anew.`])
}

const SHOWN = 100

/** Work that was given up, with the reason. */
export async function listJobs(args: Arguments): Promise<void> {
  const jobs = await withContext((ctx) => listFailedJobs(ctx, SHOWN))
  const lines = jobs.map(({ id, kind, failed_at, last_error }) => {
    const [reason = ''] = (last_error ?? '').split('\n')
    return `${id}  ${failed_at}  ${kind}  ${reason.slice(0, 120)}`
  })
  print(args, { jobs }, lines.length > 0 ? lines : ['No work was given up.'])
}

/** Work that was given up gets another round of attempts. */
export async function retryJobs(args: Arguments): Promise<void> {
  const [id] = args.words
  const { kind, all } = args.flags
  if (id !== undefined && !/^\d{1,18}$/.test(id)) throw new Refusal('invalid', `"${id}" is no number of a job.`)
  if (id === undefined && typeof kind !== 'string' && !all)
    throw new Refusal('invalid', 'Say which: NUMBER, --kind KIND or --all.')
  const which = { ...(id === undefined ? {} : { id }), ...(typeof kind === 'string' ? { kind } : {}) }
  const count = await withContext((ctx) => retryFailedJobs(ctx, which))
  print(args, { retried: count }, [`${count} jobs are tried again.`])
}
