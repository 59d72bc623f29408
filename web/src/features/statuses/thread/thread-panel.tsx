import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useState } from 'preact/hooks'
import { relationshipOf, statusOf } from '../../../api/store.ts'
import { roomsStyle } from '../../../app/rooms-style.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { setThreadMuted } from '../../direct-threads/thread-mutes.ts'
import { loadRelationships } from '../../profiles/acts.ts'

const FACES = 6
/** As many relationships as are asked for at once. */
const MOST_ASKED = 40

/** Beside a thread: who talks in it, from how many servers, and how to hear no more of it (picture 04). */
export function ThreadPanel({ id, others }: { id: string; others: readonly Status[] }) {
  const status = statusOf(id).value
  const posts = status ? [status, ...others] : [...others]
  const talking = [...new Map(posts.map(({ account }) => [account.id, account])).values()]
  const asked = talking.slice(0, MOST_ASKED).map((one) => one.id)
  const key = asked.join()
  // They come whole, with their style and with whom one follows: nothing moves later.
  const [people, setPeople] = useState<readonly Account[]>([])
  useEffect(() => {
    const known = loadRelationships(asked).catch(() => undefined)
    void Promise.all([known, roomsStyle()]).then(() => setPeople(talking))
  }, [key])
  if (!status || people.length < 2) return null
  const followed = people.filter((one) => relationshipOf(one.id).value?.following).length
  const isMuted = status.muted ?? false
  return (
    <section aria-labelledby="in-this-thread">
      <h2 class="panel-title" id="in-this-thread">
        {t('thread.inThis', 'In this thread')}
      </h2>
      <div class="sheet thread-people">
        <p class="thread-crowd" aria-hidden="true">
          {people.slice(0, FACES).map((one) => (
            <Avatar key={one.id} src={one.avatar} size={32} />
          ))}
        </p>
        <p class="meta">
          {t(
            'thread.people',
            '{people, plural, one {# person} other {# people}} on {servers, plural, one {# server} other {# servers}}. {followed, plural, =0 {You follow none of them.} other {You follow # of them.}}',
            { people: people.length, servers: countServers(people), followed },
          )}
        </p>
        <button
          class="button button-outline button-small"
          type="button"
          aria-pressed={isMuted}
          onClick={() => void setThreadMuted(status, !isMuted)}
        >
          <Icon name="mute" small />
          {isMuted ? t('thread.unmute', 'Unmute') : t('thread.mute', 'Mute')}
        </button>
      </div>
    </section>
  )
}

function countServers(people: readonly Account[]): number {
  const own = me.value.url.split('/')[2] ?? ''
  return new Set(people.map(({ acct }) => acct.split('@')[1] ?? own)).size
}
