import type { Status, ThreadFetch } from '@hamlet/contract/status'
import { rich, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'

type Props = {
  root: Status
  replies: readonly Status[]
  fetched: ThreadFetch | undefined
  fetchRest: () => Promise<void>
}

/** How many replies are here and how many its own server shows; who was asked for the rest, and who did not answer. */
export function Completeness({ root, replies, fetched, fetchRest }: Props) {
  const here = replies.filter((one) => one.in_reply_to_id === root.id).length
  const host = hostOf(root)
  if (host === undefined) return null
  const isAsking = fetched?.status === 'running'
  const all = Math.max(here, fetched?.expected ?? 0)
  return (
    <div class="completeness" aria-busy={isAsking}>
      <Icon name="replies" />
      <output>
        <Counts here={here} all={all} host={host} isKnown={(fetched?.expected ?? null) !== null} />
        {isAsking && (
          <span class="completeness-rest">
            {' · '}
            {t('thread.asking', 'asking for the rest …')}
          </span>
        )}
        {!isAsking && <Silent hosts={fetched?.silent_hosts ?? []} />}
      </output>
      {!isAsking && (
        <button class="link-button" type="button" onClick={() => void fetchRest()}>
          {t('thread.fetchRest', 'Fetch the rest')}
        </button>
      )}
    </div>
  )
}

type CountsProps = { here: number; all: number; host: string; isKnown: boolean }

function Counts({ here, all, host, isKnown }: CountsProps) {
  const count = rich('thread.here', '{count} {here, plural, one {reply} other {replies}} here', {
    count: <b>{here}</b>,
    here,
  })
  if (!isKnown) return count
  return (
    <>
      {count}
      <span class="completeness-rest">
        {' · '}
        {all > here
          ? t('thread.shows', '{host} shows {all}', { host, all })
          : t('thread.allHere', 'all that {host} shows', { host })}
      </span>
    </>
  )
}

function Silent({ hosts }: { hosts: readonly string[] }) {
  if (hosts.length === 0) return null
  const [first = ''] = hosts
  return (
    <span class="completeness-rest">
      {' · '}
      {t(
        'thread.silent',
        '{others, plural, =0 {{first} did not answer} one {{first} and # other server did not answer} other {{first} and # other servers did not answer}}',
        { first, others: hosts.length - 1 },
      )}
    </span>
  )
}

/** The server of a post from elsewhere. */
function hostOf(status: Status): string | undefined {
  return status.account.acct.split('@')[1]
}
