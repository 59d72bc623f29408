import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import { useMemo } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount, keepRelationships } from '../../api/store.ts'
import { makeFeed, type Feed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Avatar } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { endOf } from './words.ts'

type Kind = 'mutes' | 'blocks'
type Row = Account & { mute_expires_at?: string | null }

const captionOf = (kind: Kind) =>
  kind === 'mutes' ? t('filters.muted', 'Muted people') : t('filters.blocked', 'Blocked people')

const emptyOf = (kind: Kind) =>
  kind === 'mutes'
    ? {
        title: t('filters.mutedNone', 'Nobody is muted'),
        text: t('filters.mutedNoneText', 'Who is muted is not told. You meet them no longer until you end it.'),
      }
    : {
        title: t('filters.blockedNone', 'Nobody is blocked'),
        text: t('filters.blockedNoneText', 'Who is blocked neither sees you nor reaches you.'),
      }

const act = async (id: string, verb: string, body: Record<string, unknown> = {}) => {
  const relationship = await request<Relationship>('POST', `/api/v1/accounts/${id}/${verb}`, { body })
  keepRelationships([relationship])
}

/** How somebody was muted, to be done again: for as long as was left, with or without their notifications. */
async function howMuted({ id, mute_expires_at }: Row): Promise<Record<string, unknown>> {
  const [now] = await request<Relationship[]>('GET', `/api/v1/accounts/relationships?id[]=${id}`)
  const left = mute_expires_at ? Math.max(1, Math.round((Date.parse(mute_expires_at) - Date.now()) / 1000)) : 0
  return { notifications: now?.muting_notifications ?? true, duration: left }
}

/** Ends it; `Undo` mutes or blocks as before. */
async function end(kind: Kind, row: Row, feed: Feed<Row>): Promise<void> {
  const name = nameOf(row)
  try {
    const how = kind === 'mutes' ? await howMuted(row) : {}
    await act(row.id, kind === 'mutes' ? 'unmute' : 'unblock')
    feed.remove((one) => one.id === row.id)
    const again = async () => {
      await act(row.id, kind === 'mutes' ? 'mute' : 'block', how)
      await feed.reload()
    }
    const said =
      kind === 'mutes'
        ? t('filters.unmuted', '{name} is heard again.', { name })
        : t('filters.unblocked', '{name} is no longer blocked.', { name })
    toast(said, {
      label: t('filters.undo', 'Undo'),
      run: () => void again().catch((error: unknown) => toast(explain(error))),
    })
  } catch (error) {
    toast(explain(error))
  }
}

/** People whom one mutes, with the end of it, or blocks. */
export function PeopleList({ kind }: { kind: Kind }) {
  const feed = useMemo(() => makeFeed<Row>(`/api/v1/${kind}`, keepAccount), [kind])
  const { title, text } = emptyOf(kind)
  return (
    <section class="setting-group" aria-labelledby={`filters-${kind}`}>
      <h2 class="setting-caption" id={`filters-${kind}`}>
        {captionOf(kind)}
      </h2>
      <div class="sheet">
        {feed.state.value === 'end' && feed.items.value.length === 0 ? (
          <p class="setting-none">
            <strong>{title}</strong>
            {text}
          </p>
        ) : (
          <FeedList
            feed={feed}
            empty={{ title, text, icon: 'person' }}
            draw={(row) => <PersonRow key={row.id} kind={kind} row={row} end={() => void end(kind, row, feed)} />}
          />
        )}
      </div>
    </section>
  )
}

function PersonRow({ kind, row, end: endIt }: { kind: Kind; row: Row; end: () => void }) {
  const name = nameOf(row)
  const isMuted = kind === 'mutes'
  return (
    <div class="setting-row">
      <Avatar src={row.avatar} size={36} />
      <a class="setting-words" href={`/@${row.acct}`}>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>
          <bdi>@{row.acct}</bdi>
          {row.mute_expires_at && ` · ${endOf(row.mute_expires_at)}`}
        </span>
      </a>
      <button
        class="button button-outline"
        type="button"
        aria-label={
          isMuted
            ? t('filters.unmuteOne', 'Unmute {name}', { name })
            : t('filters.unblockOne', 'Unblock {name}', { name })
        }
        onClick={endIt}
      >
        {isMuted ? t('filters.unmute', 'Unmute') : t('filters.unblock', 'Unblock')}
      </button>
    </div>
  )
}
