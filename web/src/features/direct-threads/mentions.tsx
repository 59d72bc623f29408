import type { Conversation } from '@hamlet/contract/conversation'
import { useEffect } from 'preact/hooks'
import { hearStream } from '../../api/stream.ts'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { NewMessage } from './new-message.tsx'
import { RequestsPane } from './requests.tsx'
import { ThreadList } from './thread-list.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { readNewestThreads, takeThread } from './threads.ts'

/** Private mentions: who on one side, what was said on the other; on a phone one after the other. */
export function Mentions({ path }: { path: string }) {
  useEffect(
    () =>
      hearStream({ stream: 'direct' }, (event) => {
        if (event.event === 'conversation') takeThread(JSON.parse(event.payload) as Conversation)
        if (event.event === 'reopened') void readNewestThreads()
      }),
    [],
  )
  const open = path.split('/')[2] ?? ''
  return (
    <div class={open === '' ? 'mentions' : 'mentions mentions-open'}>
      <ThreadList open={open} />
      <section class="pane" aria-label={t('direct-threads.pane', 'Conversation')}>
        <Pane open={open} />
      </section>
    </div>
  )
}

function Pane({ open }: { open: string }) {
  const query = place.value.query.get('with') ?? ''
  if (open === '') return <Nothing />
  if (open === 'new') return <NewMessage key={query} accts={query.split(',').filter(Boolean)} />
  if (open === 'requests') return <RequestsPane />
  return <ThreadPane key={open} id={open} />
}

function Nothing() {
  return (
    <div class="sheet pane-sheet pane-nothing">
      <div class="empty">
        <span class="tile">
          <Icon name="direct" />
        </span>
        <h2>{t('direct-threads.choose', 'Choose a conversation')}</h2>
        <p>
          {t('direct-threads.chooseText', 'What you write there is for the people in it, and for nobody else here.')}
        </p>
      </div>
    </div>
  )
}
