import type { ServerCase } from '@hamlet/contract/server'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { sayTies } from './words.ts'

type SureProps = { title: string; text: string; yes: string; close: () => void; sure: () => void }

function Sure({ title, text, yes, close, sure }: SureProps) {
  return (
    <Dialog label={title} class="question" onClose={close}>
      <h2>{title}</h2>
      <p class="meta">{text}</p>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('moderation.cancel', 'Cancel')}
        </button>
        <button
          class="button button-danger"
          type="button"
          onClick={() => {
            close()
            sure()
          }}
        >
          {yes}
        </button>
      </p>
    </Dialog>
  )
}

/** What is lost is said before it is. */
export function ShutOut({ now, close, sure }: { now: ServerCase; close: () => void; sure: () => void }) {
  return (
    <Sure
      title={t('servers.shutTitle', 'Shut out {host}?', { host: now.server.host })}
      text={sayTies(now.ties)}
      yes={t('servers.shutYes', 'Shut out')}
      close={close}
      sure={sure}
    />
  )
}

type PurgeProps = { now: ServerCase; path: string; load: () => Promise<void> }

/** Everything of a server that is shut out or silent leaves, on demand. */
export function Purge({ now: { server, purge, may_purge }, path, load }: PurgeProps) {
  const [isAsked, setAsked] = useState(false)
  const isUnderWay = purge !== null && purge.finished_at === null
  const begin = async () => {
    try {
      await request('POST', `${path}/purge`, { body: {} })
      toast(t('servers.purgeBegun', 'It has begun. You may leave this page.'))
      await load()
    } catch (error) {
      toast(explain(error))
    }
  }
  if (!may_purge && purge === null) return null
  return (
    <Group
      id="purge"
      title={t('servers.purge', 'What is kept of it')}
      note={t(
        'servers.purgeNote',
        'Posts, people and pictures of it leave this server for good. How it is treated stays.',
      )}
    >
      {purge && (
        <p class="server-note">
          {isUnderWay
            ? t('servers.purgeProgress', '{gone, number} of {total, number} people are gone', {
                gone: purge.gone,
                total: purge.total,
              })
            : t('servers.purgeDone', 'Everything of {total, plural, one {# person} other {# people}} was taken away.', {
                total: purge.total,
              })}
        </p>
      )}
      {may_purge && (
        <p class="server-more">
          <button
            class="button button-danger"
            type="button"
            aria-busy={isUnderWay}
            onClick={() => setAsked(!isUnderWay)}
          >
            {t('servers.purgeButton', 'Take its data away')}
          </button>
        </p>
      )}
      {isAsked && (
        <Sure
          title={t('servers.purgeTitle', 'Take away everything of {host}?', { host: server.host })}
          text={t('servers.purgeText', 'This cannot be undone: follows that were cut cannot be given back any more.')}
          yes={t('servers.purgeYes', 'Take away')}
          close={() => setAsked(false)}
          sure={() => void begin()}
        />
      )}
    </Group>
  )
}
