import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { compileDraft, judgePost, readWording } from '#features/gates'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { readPastPosts } from './past-posts.ts'
import { endTrialsOf, findTrial, insertTrial, saveTrial, type TrialRow } from './trial-store.ts'
import { weighHits } from './weigh-hits.ts'

/** The most posts that a trial looks at, and how many of them at once. */
export const MOST_TRIED = 10_000
const BATCH = 500
/** What is found beyond is counted no more: such a rule fits nearly everything. */
const MOST_FOUND = 2_000

/** Begins to try a rule over the last posts that everybody may read. Nothing is changed by it. */
export async function tryRule(tx: Tx, accountId: Id, given: RuleWording, posts: number): Promise<Id> {
  const wording = readWording(given, tx.clock.now())
  await endTrialsOf(tx, accountId)
  const id = await insertTrial(tx, accountId, wording, Math.min(posts, MOST_TRIED))
  await enqueue(tx, runTrial, { trialId: id })
  return id
}

/** Looks at one batch after the other, and writes down how far it came: whoever waits sees it, and a restart goes on there. */
export const runTrial = defineJob<{ trialId: Id }>({
  name: 'moderation.run-trial',
  class: 'slow',
  run: async (ctx, { trialId }) => {
    const begun = await findTrial(ctx, trialId)
    if (!begun || begun.state !== 'running') return
    const set = compileDraft(begun.wording)
    let trial = begun
    let since = begun.result?.since ?? null
    while (trial.examined < trial.total) {
      const limit = Math.min(BATCH, trial.total - trial.examined)
      const posts = await readPastPosts(ctx, { below: trial.below, limit }, set.needs)
      // Without an end of its own: what a rule would do is asked, and not until when.
      const hits = posts.filter(({ facts }) => judgePost(set, facts, 0).hits.length > 0)
      since = posts.at(-1)?.at ?? since
      trial = advance(trial, posts.length, {
        below: posts.at(-1)?.facts.statusId ?? trial.below,
        found: hits.map(({ facts }) => facts.statusId ?? '').filter(Boolean),
      })
      if (posts.length < limit) break
      await saveTrial(ctx, trialId, { ...trial, result: null })
      if (trial.found.length >= MOST_FOUND || !(await findTrial(ctx, trialId))) break
    }
    await finish(ctx, trial, since)
  },
})

function advance(trial: TrialRow, examined: number, { below, found }: Pick<TrialRow, 'below' | 'found'>): TrialRow {
  return { ...trial, examined: trial.examined + examined, below, found: [...trial.found, ...found] }
}

async function finish(ctx: Context, trial: TrialRow, since: string | null): Promise<void> {
  const result = await weighHits(ctx, trial.found, since)
  await saveTrial(ctx, trial.id, { ...trial, total: trial.examined, state: 'done', result })
}
