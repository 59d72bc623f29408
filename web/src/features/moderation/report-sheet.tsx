import { signal } from '@preact/signals'
import { explain, request } from '../../api/request.ts'
import { server } from '../../app/session.ts'
import { rich, t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
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

async function send(now: Report): Promise<void> {
  if (now.category === 'violation' && now.rules.length === 0 && server.value.rules.length > 0) {
    fault.value = t('moderation.sayWhich', 'Say which rule.')
    return
  }
  isSending.value = true
  try {
    const { account, status, category, rules, comment, forward } = now
    const body = {
      account_id: account.id,
      status_ids: status ? [status.id] : [],
      category,
      rule_ids: category === 'violation' ? rules : [],
      comment,
      forward,
    }
    await request('POST', '/api/v1/reports', { body })
    report.value = undefined
    toast(t('moderation.thanks', 'Thank you. The moderators have it now.'))
  } catch (error) {
    fault.value = explain(error)
  }
  isSending.value = false
}

/** Telling the moderators: what happens with it is said before it is sent. */
export function ReportSheet() {
  const now = report.value
  if (!now) return null
  const isRemote = now.account.acct.includes('@')
  const name = now.account.display_name || now.account.username
  return (
    <Dialog
      label={t('moderation.reportWho', 'Report {name}', { name })}
      class="report-sheet"
      onClose={() => (report.value = undefined)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(now)
        }}
      >
        <h2>{rich('moderation.reportWho', 'Report {name}', { name: <bdi>{name}</bdi> })}</h2>
        <p class="lead">
          {now.status && `${t('moderation.withPost', 'With this post.')} `}
          {t('moderation.whoReads', 'The moderators of this server read it. {name} is not told who reported.', {
            name,
          })}
        </p>
        <Reasons now={now} />
        {now.category === 'violation' && server.value.rules.length > 0 && <RuleChoice now={now} />}
        <Comment now={now} />
        {isRemote && (
          <label class="check">
            <input
              type="checkbox"
              checked={now.forward}
              onChange={(event) => change({ forward: event.currentTarget.checked })}
            />
            <span>
              {t('moderation.forward', 'Also send it, without your name, to the moderators of {domain}', {
                domain: now.account.acct.split('@')[1] ?? '',
              })}
            </span>
          </label>
        )}
        {fault.value && (
          <p class="form-fault" role="alert">
            {fault.value}
          </p>
        )}
        <p class="dialog-answers">
          <button class="button button-outline" type="button" onClick={() => (report.value = undefined)}>
            {t('moderation.cancel', 'Cancel')}
          </button>
          <button class="button button-primary" type="submit" aria-busy={isSending.value}>
            {t('moderation.send', 'Send report')}
          </button>
        </p>
      </form>
    </Dialog>
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
