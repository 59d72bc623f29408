import type { HeldPost } from '@hamlet/contract/content-rule'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import '../../styles/rules.css'
import { Html } from '../../ui/html.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'

const HELD = '/api/hamlet/v1/admin/held'
type Decision = 'approved' | 'rejected'

/** What was chosen, and what a press does; whatever is decided leaves the list. */
function useDecisions() {
  const feed = useMemo(() => makeFeed<HeldPost>(HELD), [])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const decide = async (ids: readonly string[], decision: Decision) => {
    if (isBusy || ids.length === 0) return
    setBusy(true)
    try {
      await request('POST', `${HELD}/decide`, { body: { ids, decision } })
      const refocus = nextAfter(ids)
      feed.remove((one) => ids.includes(one.id))
      setChosen(new Set([...chosen].filter((id) => !ids.includes(id))))
      toast(sayDecided(ids.length, decision))
      requestAnimationFrame(refocus)
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  const press = (ids: readonly string[], decision: Decision) => void decide(ids, decision)
  return { feed, chosen, isBusy, toggle, press }
}

/** Posts that wait for a moderator: one by one, many at once, or with the keys j, k, x, a and r. */
export function HeldPosts() {
  const { feed, chosen, isBusy, toggle, press } = useDecisions()
  useKeys({ toggle, decide: (id, decision) => press([id], decision) })
  return (
    <>
      <ColumnHead title={t('rules.heldTitle', 'Waiting posts')}>
        {chosen.size > 0 && <Together n={chosen.size} isBusy={isBusy} decide={(one) => press([...chosen], one)} />}
      </ColumnHead>
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            icon: 'check',
            title: t('rules.noneWaits', 'No post waits'),
            text: t('rules.noneWaitsText', 'What a rule holds, and the first posts of new accounts, you decide here.'),
          }}
          draw={(post) => (
            <Held
              key={post.id}
              post={post}
              isChosen={chosen.has(post.id)}
              choose={() => toggle(post.id)}
              decide={(decision) => press([post.id], decision)}
            />
          )}
        />
      </div>
    </>
  )
}

type TogetherProps = { n: number; isBusy: boolean; decide: (decision: Decision) => void }

/** What is done with all that are chosen. */
function Together({ n, isBusy, decide }: TogetherProps) {
  return (
    <span class="rule-acts head-end">
      <button
        class="button button-outline button-small"
        type="button"
        aria-busy={isBusy}
        onClick={() => decide('rejected')}
      >
        {t('rules.rejectMany', 'Reject {n}', { n })}
      </button>
      <button
        class="button button-primary button-small"
        type="button"
        aria-busy={isBusy}
        onClick={() => decide('approved')}
      >
        {t('rules.approveMany', 'Publish {n}', { n })}
      </button>
    </span>
  )
}

const sayDecided = (n: number, decision: Decision) =>
  decision === 'approved'
    ? t('rules.published', '{n, plural, one {The post is published.} other {# posts are published.}}', { n })
    : t(
        'rules.rejected',
        '{n, plural, one {The post is deleted, and its author told.} other {# posts are deleted, and their authors told.}}',
        {
          n,
        },
      )

const rows = () => [...document.querySelectorAll<HTMLElement>('.rule-held')]

/** Whoever decides by keyboard goes on with the next one, and after the last with the title. */
function nextAfter(ids: readonly string[]): () => void {
  const all = rows()
  const at = all.findIndex((row) => ids.includes(row.dataset.id ?? ''))
  const next = all.slice(at).find((row) => !ids.includes(row.dataset.id ?? ''))
  return () => (next ?? rows()[0] ?? document.querySelector<HTMLElement>('.column-title h1'))?.focus()
}

type KeyActs = { toggle: (id: string) => void; decide: (id: string, decision: Decision) => void }

function useKeys({ toggle, decide }: KeyActs): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type=checkbox]), textarea'))
        return
      const all = rows()
      const at = all.findIndex((row) => row.contains(document.activeElement))
      const id = all[at]?.dataset.id
      if (event.key === 'j') (all[at + 1] ?? all[0])?.focus()
      else if (event.key === 'k') (all[at - 1] ?? all.at(-1))?.focus()
      else if (id && event.key === 'x') toggle(id)
      else if (id && event.key === 'a') decide(id, 'approved')
      else if (id && event.key === 'r') decide(id, 'rejected')
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before the keys of the whole app: here they mean something else.
    document.addEventListener('keydown', press, { capture: true })
    return () => document.removeEventListener('keydown', press, { capture: true })
  })
}

type HeldProps = { post: HeldPost; isChosen: boolean; choose: () => void; decide: (decision: Decision) => void }

function Held({ post, isChosen, choose, decide }: HeldProps) {
  const who = `@${post.account?.acct ?? ''}`
  return (
    <article class="rule-held" data-id={post.id} tabIndex={-1} aria-label={t('rules.postOf', 'Post by {who}', { who })}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t('rules.chooseWho', 'Choose the post by {who}', { who })}
        onChange={choose}
      />
      <Avatar src={post.account?.avatar ?? '/avatar.svg'} size={36} />
      <div class="rule-what">
        <p>
          <strong>
            <bdi>{who}</bdi>
          </strong>{' '}
          <span class="meta">
            <Ago at={post.created_at} />
          </span>
        </p>
        <Words post={post} />
        <p class="meta">
          {post.reason === 'first_posts'
            ? t('rules.isFirst', 'One of the first posts of a new account')
            : post.rule
              ? t('rules.heldBy', 'Held by the rule “{title}”', { title: post.rule.title })
              : t('rules.heldByGone', 'Held by a rule that is gone')}
        </p>
      </div>
      <span class="person-acts">
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('rules.rejectWho', 'Reject the post by {who}', { who })}
          onClick={() => decide('rejected')}
        >
          {t('rules.reject', 'Reject')}
        </button>
        <button
          class="button button-primary button-small"
          type="button"
          aria-label={t('rules.publishWho', 'Publish the post by {who}', { who })}
          onClick={() => decide('approved')}
        >
          {t('rules.publish', 'Publish')}
        </button>
      </span>
    </article>
  )
}

function Words({ post }: { post: HeldPost }) {
  const { status } = post
  if (!status)
    return <p class="meta">{t('rules.notYours', 'It is not public, so its words are not shown to the team.')}</p>
  return (
    <div class="rule-words" dir="auto">
      {status.spoiler_text && <p class="rule-warning">{status.spoiler_text}</p>}
      <Html html={status.content ?? ''} />
      {status.media_attachments.length > 0 && (
        <p class="rule-pictures">
          {status.media_attachments.map((one) => (
            <img key={one.id} src={one.preview_url ?? ''} alt={one.description ?? ''} width="96" height="72" />
          ))}
        </p>
      )}
    </div>
  )
}
