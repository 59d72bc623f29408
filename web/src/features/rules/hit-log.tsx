import type { RuleHit } from '@hamlet/contract/content-rule'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Empty } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { effectInWords } from './sentence.ts'

type Undone = { undone: number; has_more: boolean }

/** What a rule did in the last 30 days; each of it, and all of it, can be taken back. */
export function HitLog({ ruleId }: { ruleId: string }) {
  const path = `/api/hamlet/v1/admin/rules/${ruleId}`
  const [round, setRound] = useState(0)
  const feed = useMemo(() => makeFeed<RuleHit>(`${path}/hits`), [path, round])
  const [busy, setBusy] = useState('')
  const undo = async (hit?: RuleHit) => {
    if (busy) return
    setBusy(hit?.id ?? 'all')
    try {
      let undone = 0
      for (let more = true; more;) {
        const step = await request<Undone>('POST', hit ? `${path}/hits/${hit.id}/undo` : `${path}/undo`, { body: {} })
        undone += step.undone
        more = step.has_more
      }
      toast(
        t('rules.undone', '{n, plural, one {Taken back for # post.} other {Taken back for # posts.}}', { n: undone }),
      )
      setRound(round + 1)
    } catch (error) {
      toast(explain(error))
    }
    setBusy('')
  }
  const canUndo = feed.items.value.some((hit) => hit.undone_at === null)
  return (
    <section class="rule-log">
      <div class="rule-trial-head">
        <h2>{t('rules.lastDays', 'The last 30 days')}</h2>
        {canUndo && (
          <button class="link-button" type="button" aria-busy={busy === 'all'} onClick={() => void undo()}>
            {t('rules.undoAll', 'Take all back')}
          </button>
        )}
      </div>
      <FeedList
        feed={feed}
        empty={noHits()}
        draw={(hit) => <Hit key={hit.id} hit={hit} isBusy={busy === hit.id} undo={() => void undo(hit)} />}
      />
    </section>
  )
}

const noHits = () => ({
  icon: 'rules' as const,
  title: t('rules.noHits', 'It has met no post yet'),
  text: t('rules.noHitsText', 'What it does is listed here, and can be taken back for 30 days.'),
})

/** What stands for the log of a rule that nobody has saved. */
export function NoHits() {
  const { icon, title, text } = noHits()
  return (
    <Empty icon={icon} title={title}>
      {text}
    </Empty>
  )
}

function Hit({ hit, isBusy, undo }: { hit: RuleHit; isBusy: boolean; undo: () => void }) {
  const who = `@${hit.account?.acct ?? ''}`
  return (
    <article class="rule-hit">
      <Avatar src={hit.account?.avatar ?? '/avatar.svg'} size={32} />
      <div class="rule-what">
        <strong>
          <bdi>{who}</bdi>
        </strong>
        <p dir="auto">{hit.excerpt || t('rules.closed', 'A post that is not public')}</p>
        <p class="meta">
          {hit.effects.map(effectInWords).join(', ')} · <Ago at={hit.created_at} />
        </p>
      </div>
      {hit.undone_at === null ? (
        <button
          class="button button-outline button-small"
          type="button"
          aria-busy={isBusy}
          aria-label={t('rules.undoWho', 'Take back: {who}', { who })}
          onClick={undo}
        >
          {t('rules.undo', 'Take back')}
        </button>
      ) : (
        <span class="tag">{t('rules.isUndone', 'Taken back')}</span>
      )}
    </article>
  )
}
