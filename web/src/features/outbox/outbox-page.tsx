import { useEffect } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { cancelOutgoing, editOutgoing, outbox, sending, sendSooner, startOutbox } from '../statuses/composer/outbox.ts'
import { cancelAct, sendActSooner, sendingAct, waitingActs } from './acts-waiting.ts'

/** Everything that waits for the network, in its order: called off one by one, sent sooner, and a post is written on. */
export function OutboxPage() {
  useEffect(() => void startOutbox(), [])
  const posts = outbox.value
  const acts = waitingActs.value
  return (
    <>
      <ColumnHead title={t('outbox.title', 'Waiting to be sent')} back />
      {posts.length + acts.length === 0 && (
        <div class="sheet column-sheet">
          <Empty title={t('outbox.empty', 'Nothing waits')}>
            {t(
              'outbox.emptyText',
              'What you write or press without a connection is kept here, and goes out by itself.',
            )}
          </Empty>
        </div>
      )}
      {posts.length > 0 && (
        <Group id="outbox-posts" title={t('outbox.posts', 'Posts')}>
          <ol class="draft-list">
            {posts.map(({ key, writing, at }, index) => (
              <Row
                key={key}
                says={
                  writing.parts.map((part) => part.text.trim()).find((text) => text !== '') ??
                  t('outbox.noWords', 'No words')
                }
                at={at}
                isSending={sending.value === key}
                sooner={index > 0 ? () => void sendSooner(key) : undefined}
                edit={() => void editOutgoing(key)}
                cancel={() => void callOff(key)}
              />
            ))}
          </ol>
        </Group>
      )}
      {acts.length > 0 && (
        <Group id="outbox-acts" title={t('outbox.acts', 'What you pressed')}>
          <ol class="draft-list">
            {acts.map(({ key, says, at }, index) => (
              <Row
                key={key}
                says={says}
                at={at}
                isSending={sendingAct.value === key}
                sooner={index > 0 ? () => sendActSooner(key) : undefined}
                cancel={() => cancelAct(key)}
              />
            ))}
          </ol>
        </Group>
      )}
    </>
  )
}

async function callOff(key: string): Promise<void> {
  if (await cancelOutgoing(key)) toast(t('outbox.inDrafts', 'The post is not sent. It is in your drafts.'))
}

type RowProps = {
  says: string
  at: number
  isSending: boolean
  sooner: (() => void) | undefined
  edit?: () => void
  cancel: () => void
}

function Row({ says, at, isSending, sooner, edit, cancel }: RowProps) {
  const words = says.length > 60 ? `${says.slice(0, 59)}…` : says
  return (
    <li class="draft" aria-busy={isSending}>
      <p class="draft-words">
        <span dir="auto">{words}</span>
        <span class="meta">
          {isSending ? t('outbox.leaving', 'On its way') : <Ago at={new Date(at).toISOString()} />}
        </span>
      </p>
      {sooner && (
        <button
          class="icon-button"
          type="button"
          disabled={isSending}
          aria-label={t('outbox.sooner', 'Send sooner: {words}', { words })}
          onClick={sooner}
        >
          <Icon name="up" />
        </button>
      )}
      {edit && (
        <button
          class="icon-button"
          type="button"
          disabled={isSending}
          aria-label={t('outbox.edit', 'Write on: {words}', { words })}
          onClick={edit}
        >
          <Icon name="write" />
        </button>
      )}
      <button
        class="icon-button"
        type="button"
        disabled={isSending}
        aria-label={t('outbox.cancel', 'Do not send: {words}', { words })}
        onClick={cancel}
      >
        <Icon name="remove" />
      </button>
    </li>
  )
}
