import type { Invite } from '@hamlet/contract/invite'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { sayEnd, sayUses } from './words.ts'

const PATH = '/api/web/admin/invites'

/** All links that still let somebody in; the team ends one, or all of them. */
export function TeamInvites() {
  const feed = useMemo(() => makeFeed<Invite>(PATH), [])
  const [isAsking, setAsking] = useState(false)
  const end = async (row: Invite) => {
    try {
      await request('DELETE', `${PATH}/${row.id}`)
      feed.remove((one) => one.id === row.id)
      toast(t('invites.ended', 'Nobody comes in by it any more.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  const endAll = async () => {
    setAsking(false)
    try {
      const { ended } = await request<{ ended: number }>('DELETE', PATH)
      feed.remove(() => true)
      toast(
        t('invites.endedAll', '{n, plural, =0 {None was} one {# invitation is} other {# invitations are}} ended.', {
          n: ended,
        }),
      )
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <>
      <ColumnHead title={t('invites.title', 'Invitations')}>
        <button class="button button-outline button-small head-end" type="button" onClick={() => setAsking(true)}>
          {t('invites.endAll', 'End all')}
        </button>
      </ColumnHead>
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            icon: 'follow',
            title: t('invites.teamNone', 'No invitation is open'),
            text: t('invites.teamNoneText', 'Links that members make stand here as long as they let somebody in.'),
          }}
          draw={(row) => <Row key={row.id} row={row} end={() => void end(row)} />}
        />
      </div>
      {isAsking && <EndAll cancel={() => setAsking(false)} end={() => void endAll()} />}
    </>
  )
}

function Row({ row, end }: { row: Invite; end: () => void }) {
  return (
    <div class="gate-row">
      <span class="queue-who">
        <strong>
          <bdi>@{row.username}</bdi> <span dir="ltr">{row.code}</span>
        </strong>
        <span class="meta">
          {sayUses(row)} · {sayEnd(row)}
        </span>
        {row.comment && (
          <span class="invite-note" dir="auto">
            {row.comment}
          </span>
        )}
      </span>
      <button
        class="button button-outline button-small"
        type="button"
        aria-label={t('invites.endNamed', 'End {code}', { code: row.code })}
        onClick={end}
      >
        {t('invites.end', 'End')}
      </button>
    </div>
  )
}

function EndAll({ cancel, end }: { cancel: () => void; end: () => void }) {
  return (
    <Dialog label={t('invites.endAllAsk', 'End all invitations?')} class="question" onClose={cancel}>
      <h2>{t('invites.endAllAsk', 'End all invitations?')}</h2>
      <p class="lead">
        {t(
          'invites.endAllText',
          'Nobody comes in by any of them after that. Who is here already stays, and members can make new ones.',
        )}
      </p>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={cancel}>
          {t('moderation.cancel', 'Cancel')}
        </button>
        <button class="button button-danger" type="button" onClick={end}>
          {t('invites.endAll', 'End all')}
        </button>
      </p>
    </Dialog>
  )
}
