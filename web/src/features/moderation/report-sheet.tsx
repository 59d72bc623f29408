import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { relationshipOf } from '../../api/store.ts'
import { server } from '../../app/session.ts'
import { rich, t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Html } from '../../ui/html.tsx'
import { blockAccount, muteAccount } from '../profiles/acts.ts'
import { fault, report, type Category, type Report } from './report-state.ts'

const isSending = signal(false)
const change = (part: Partial<Report>) => {
  if (report.value) report.value = { ...report.value, ...part }
}

const categories: [Category, () => string][] = [
  ['violation', () => t('moderation.itBreaksRule', 'It breaks a rule of this server')],
  ['spam', () => t('moderation.itIsSpam', 'It is spam')],
  ['legal', () => t('moderation.itIsUnlawful', 'It is against the law')],
  ['other', () => t('moderation.other', 'Something else')],
]

/** What has to be said before one can go on. */
function faultOf(now: Report): string {
  const isVague = now.category === 'violation' && now.rules.length === 0 && server.value.rules.length > 0
  return now.step === 'reason' && isVague ? t('moderation.sayWhich', 'Say which rule.') : ''
}

async function goOn(now: Report): Promise<void> {
  fault.value = faultOf(now)
  if (fault.value !== '') return
  if (now.step === 'reason') change({ step: 'posts' })
  else if (now.step === 'posts') change({ step: 'words' })
  else await send(now)
}

async function send(now: Report): Promise<void> {
  isSending.value = true
  try {
    const { account, category, rules, comment, forward, posts } = now
    const body = {
      account_id: account.id,
      status_ids: posts,
      category,
      rule_ids: category === 'violation' ? rules : [],
      comment,
      forward,
    }
    await request('POST', '/api/v1/reports', { body })
    change({ step: 'done' })
  } catch (error) {
    fault.value = explain(error)
  }
  isSending.value = false
}

const close = () => (report.value = undefined)

/** Telling the moderators, step by step: what is wrong, with which posts, in what words; then what else one can do. */
export function ReportSheet() {
  const now = report.value
  if (!now) return null
  const name = now.account.display_name || now.account.username
  return (
    <Dialog label={t('moderation.reportWho', 'Report {name}', { name })} class="report-sheet" onClose={close}>
      {now.step === 'done' ? (
        <Done now={now} name={name} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void goOn(now)
          }}
        >
          <h2>{rich('moderation.reportWho', 'Report {name}', { name: <bdi>{name}</bdi> })}</h2>
          <Step now={now} name={name} />
          {fault.value && (
            <p class="form-fault" role="alert">
              {fault.value}
            </p>
          )}
          <Answers now={now} />
        </form>
      )}
    </Dialog>
  )
}

function Step({ now, name }: { now: Report; name: string }) {
  if (now.step === 'posts') return <PostChoice now={now} />
  if (now.step === 'words') return <Words now={now} />
  return (
    <>
      <p class="lead">
        {t('moderation.whoReads', 'The moderators of this server read it. {name} is not told who reported.', { name })}
      </p>
      <Reasons now={now} />
      {now.category === 'violation' && server.value.rules.length > 0 && <RuleChoice now={now} />}
    </>
  )
}

function Answers({ now }: { now: Report }) {
  const isFirst = now.step === 'reason'
  return (
    <p class="dialog-answers">
      <button
        class="button button-outline"
        type="button"
        onClick={() => (isFirst ? close() : change({ step: now.step === 'words' ? 'posts' : 'reason' }))}
      >
        {isFirst ? t('moderation.cancel', 'Cancel') : t('moderation.stepBack', 'Back')}
      </button>
      <button class="button button-primary" type="submit" aria-busy={isSending.value}>
        {now.step === 'words' ? t('moderation.send', 'Send report') : t('moderation.stepOn', 'Next')}
      </button>
    </p>
  )
}

/** The latest posts of the person, to be ticked; the one that it began with is ticked. */
function PostChoice({ now }: { now: Report }) {
  const [posts, setPosts] = useState<Status[]>(now.status ? [now.status] : [])
  useEffect(() => {
    request<Status[]>('GET', `/api/v1/accounts/${now.account.id}/statuses?limit=8&exclude_reblogs=true`).then(
      (found) => setPosts([...posts, ...found.filter((one) => one.id !== now.status?.id)]),
      // The report can go without them.
      () => undefined,
    )
  }, [now.account.id])
  const tick = (id: string, isOn: boolean) =>
    change({ posts: isOn ? [...now.posts, id] : now.posts.filter((one) => one !== id) })
  return (
    <fieldset class="rule-choice report-posts">
      <legend>{t('moderation.whichPosts', 'Which posts are meant?')}</legend>
      {posts.length === 0 && <p class="lead">{t('moderation.noPosts', 'None are needed.')}</p>}
      {posts.map((post) => (
        <label class="check" key={post.id}>
          <input
            type="checkbox"
            checked={now.posts.includes(post.id)}
            onChange={(event) => tick(post.id, event.currentTarget.checked)}
          />
          <span dir="auto" class="report-post">
            {post.spoiler_text || <Html html={post.content ?? ''} />}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Words({ now }: { now: Report }) {
  const host = now.account.acct.split('@')[1]
  return (
    <>
      <Comment now={now} />
      {host && (
        <label class="check">
          <input
            type="checkbox"
            checked={now.forward}
            onChange={(event) => change({ forward: event.currentTarget.checked })}
          />
          <span>
            {t('moderation.forward', 'Also send it, without your name, to the moderators of {domain}', {
              domain: host,
            })}
          </span>
        </label>
      )}
    </>
  )
}

/** It is sent: what happens now, and what one can do oneself. */
function Done({ now, name }: { now: Report; name: string }) {
  const { account } = now
  const known = relationshipOf(account.id).value
  const act = (run: () => Promise<unknown>) => () => {
    close()
    void run()
  }
  return (
    <>
      <h2>{t('moderation.thanks', 'Thank you. The moderators have it now.')}</h2>
      <p class="lead">
        {t(
          'moderation.willTell',
          'You get a mail when they have decided, and find it under Your reports in the settings.',
        )}
      </p>
      <p class="lead">{t('moderation.meanwhile', 'Meanwhile you need not see {name}:', { name })}</p>
      <p class="report-acts">
        {known?.following && (
          <button
            class="button button-outline"
            type="button"
            onClick={act(() => request('POST', `/api/v1/accounts/${account.id}/unfollow`))}
          >
            {t('moderation.unfollow', 'Unfollow')}
          </button>
        )}
        <button class="button button-outline" type="button" onClick={act(() => muteAccount(account))}>
          {t('moderation.mute', 'Mute')}
        </button>
        <button class="button button-outline" type="button" onClick={act(() => blockAccount(account))}>
          {t('moderation.block', 'Block')}
        </button>
      </p>
      <p class="dialog-answers">
        <button class="button button-primary" type="button" onClick={close}>
          {t('moderation.reportDone', 'Done')}
        </button>
      </p>
    </>
  )
}

function Comment({ now }: { now: Report }) {
  return (
    <label class="field">
      <span class="field-head">{t('moderation.anything', 'Anything they should know?')}</span>
      <textarea
        rows={3}
        maxLength={1000}
        dir="auto"
        value={now.comment}
        onInput={(event) => change({ comment: event.currentTarget.value })}
      />
    </label>
  )
}

function Reasons({ now }: { now: Report }) {
  return (
    <fieldset class="choices">
      <legend class="visually-hidden">{t('moderation.whatIsWrong', 'What is wrong')}</legend>
      {categories.map(([value, label]) => (
        <label class="choice" key={value}>
          <input
            type="radio"
            name="category"
            checked={now.category === value}
            onChange={() => change({ category: value })}
          />
          <strong>{label()}</strong>
        </label>
      ))}
    </fieldset>
  )
}

function RuleChoice({ now }: { now: Report }) {
  return (
    <fieldset class="rule-choice">
      <legend>{t('moderation.whichRule', 'Which rule?')}</legend>
      {server.value.rules.map((rule) => (
        <label class="check" key={rule.id}>
          <input
            type="checkbox"
            checked={now.rules.includes(rule.id)}
            onChange={(event) =>
              change({
                rules: event.currentTarget.checked ? [...now.rules, rule.id] : now.rules.filter((id) => id !== rule.id),
              })
            }
          />
          <span dir="auto">{rule.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
