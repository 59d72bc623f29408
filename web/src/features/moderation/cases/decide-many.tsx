import type { Bulk } from '@hamlet/contract/moderation'
import { useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { decisionName } from '../words.ts'
import {
  bulk,
  choose as chooseAccounts,
  countChosen,
  followBulk,
  loadQueue,
  selectionOf,
  type FilterName,
} from './queue-state.ts'

type Filters = Partial<Record<FilterName, string>>
const decisions = ['none', 'warn', 'delete', 'limit', 'freeze', 'suspend'] as const
export type ManyDecision = (typeof decisions)[number]

const effects: Record<ManyDecision, () => string> = {
  none: () => t('cases.manyNone', 'The reports are closed. Nothing else happens.'),
  warn: () => t('cases.manyWarn', 'Everybody gets a mail with your words and can appeal. Nothing is removed.'),
  delete: () => t('cases.manyDelete', 'The reported posts are removed here and asked back from other servers.'),
  limit: () => t('cases.manyLimit', 'Their posts leave public timelines and search. Followers still see them.'),
  freeze: () => t('cases.manyFreeze', 'They can no longer use their accounts. What was posted stays.'),
  suspend: () => t('cases.manySuspend', 'They can no longer sign in, and nothing of their accounts is shown.'),
}

type DecideProps = { filters: Filters; first: ManyDecision; close: () => void }

/** One decision about all that was chosen, with what will happen said before. */
export function DecideMany({ filters, first, close }: DecideProps) {
  const [decision, setDecision] = useState<ManyDecision>(first)
  const [text, setText] = useState('')
  const { send, fault, isBusy } = useSending({ filters, close })
  const n = countChosen()
  const title = t('cases.decideMany', '{n, plural, one {Decide about # account} other {Decide about # accounts}}', {
    n,
  })
  return (
    <Dialog label={title} class="decide-many" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(decision, text)
        }}
      >
        <h2>{title}</h2>
        <ManyChoices current={decision} choose={setDecision} />
        {decision !== 'none' && (
          <label class="field">
            <span class="field-head">{t('cases.messageMany', 'Message to each of them')}</span>
            <textarea
              rows={3}
              dir="auto"
              maxLength={2000}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
        )}
        <p class="case-effect">
          <strong>{t('moderation.willHappen', 'What will happen')}</strong>
          {effects[decision]()} {t('cases.manyTold', 'Everybody who reported them is told that it was decided.')}
        </p>
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
        <Answers decision={decision} isBusy={isBusy} close={close} />
      </form>
    </Dialog>
  )
}

/** Sends it once, however often it is pressed: the key is of this dialog. */
function useSending({ filters, close }: { filters: Filters; close: () => void }) {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const send = async (decision: ManyDecision, text: string) => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    try {
      const body = { ...selectionOf(filters), key, decision, text }
      const begun = await request<Bulk>('POST', '/api/web/moderation/bulk', { body })
      close()
      void finish(begun, filters)
    } catch (error) {
      setFault(explain(error))
      setBusy(false)
    }
  }
  return { send, fault, isBusy }
}

function ManyChoices({ current, choose }: { current: ManyDecision; choose: (decision: ManyDecision) => void }) {
  return (
    <fieldset class="decisions">
      <legend class="visually-hidden">{t('moderation.whatToDo', 'What to do')}</legend>
      {decisions.map((one) => (
        <label key={one} class="decision">
          <input type="radio" name="many" checked={current === one} onChange={() => choose(one)} />
          {decisionName({ decision: one, posts: 2 })}
        </label>
      ))}
    </fieldset>
  )
}

type AnswersProps = { decision: ManyDecision; isBusy: boolean; close: () => void }

function Answers({ decision, isBusy, close }: AnswersProps) {
  const isHard = decision === 'suspend'
  return (
    <p class="dialog-answers">
      <button class="button button-outline" type="button" onClick={close}>
        {t('moderation.cancel', 'Cancel')}
      </button>
      <button class={isHard ? 'button button-danger' : 'button button-primary'} type="submit" aria-busy={isBusy}>
        {decision === 'none' ? t('cases.closeReports', 'Close the reports') : decisionName({ decision, posts: 2 })}
      </button>
    </p>
  )
}

/** Goes on behind: whoever stays sees how far it is, and what did not work. The list moves when they want it to. */
async function finish(begun: Bulk, filters: Filters): Promise<void> {
  chooseAccounts([])
  try {
    await followBulk(begun)
  } catch (error) {
    bulk.value = undefined
    toast(explain(error))
    await loadQueue(filters)
  }
}

const sayDone = (n: number) =>
  t('cases.manyDone', '{n, plural, one {# account is decided.} other {# accounts are decided.}}', { n })

function putAway(filters: Filters): void {
  bulk.value = undefined
  void loadQueue(filters)
}

/** How far a decision about many has come; it stays until it is put away, and what was decided stands below until then. */
export function BulkState({ filters }: { filters: Filters }) {
  const now = bulk.value
  if (!now) return null
  const did = now.done + now.already + now.failed.length
  return (
    <section class="bulk-state" aria-label={t('cases.bulk', 'A decision about many')}>
      {now.finished_at === null && (
        <label>
          <span>{t('cases.progress', '{done} of {total} decided', { done: did, total: now.total })}</span>
          <progress max={now.total} value={did} />
        </label>
      )}
      {now.failed.length > 0 && (
        <>
          <p role="alert">
            <strong>
              {t('cases.failed', '{n, plural, one {# could not be decided} other {# could not be decided}}', {
                n: now.failed.length,
              })}
            </strong>
          </p>
          <ul>
            {now.failed.map(({ target, why }) => (
              <li key={target.id}>
                <bdi>@{target.acct}</bdi>: {why}
              </li>
            ))}
          </ul>
        </>
      )}
      {now.finished_at !== null && (
        <p class="bulk-done">
          <output>{sayDone(now.done)}</output>
          <button class="button button-outline button-small" type="button" onClick={() => putAway(filters)}>
            {t('cases.showRest', 'Show what is left')}
          </button>
        </p>
      )}
    </section>
  )
}
