import type { Status } from '@hamlet/contract/status'
import { statusOf } from '../../api/store.ts'
import { savesData } from '../../app/reading.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { HtmlTree } from '../../ui/html.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { Ago } from '../../ui/time.tsx'
import { pathOf } from '../statuses/acts.ts'
import { Pictures } from '../statuses/pictures.tsx'
import { coversMedia, isOpen } from '../statuses/warnings.ts'
import { messageNodes } from './message-text.ts'

type MessageProps = {
  id: string
  /** The first of several in a row by one person says who that is. */
  isFirst: boolean
  /** Among several people a name stands above; of two it is clear who speaks. */
  isNamed?: boolean
  /** Pictures of strangers are counted, not fetched. */
  hidesPictures?: boolean
}

/** One private mention as a message: one's own at the end, those of others at the start. */
export function Message({ id, isFirst, isNamed = false, hidesPictures = false }: MessageProps) {
  const status = statusOf(id).value
  if (!status) return null
  const isOwn = status.account.id === me.value.id
  const name = nameOf(status.account)
  return (
    <article
      class={isOwn ? 'message message-own' : 'message'}
      aria-label={
        isOwn
          ? t('direct-threads.messageOwn', 'Message of yours')
          : t('direct-threads.messageOf', 'Message of {name}', { name })
      }
    >
      {isFirst && !isOwn && (
        <a class="message-face" href={`/@${status.account.acct}`} tabIndex={-1} aria-hidden="true">
          <Avatar src={status.account.avatar} size={36} />
        </a>
      )}
      <div class="bubble">
        {isFirst && isNamed && !isOwn && (
          <a class="message-name" href={`/@${status.account.acct}`}>
            <bdi>{name}</bdi>
          </a>
        )}
        <Body status={status} hidesPictures={hidesPictures} />
      </div>
      <a class="meta message-time" href={pathOf(status)}>
        <Ago at={status.created_at} />
        {status.edited_at && ` · ${t('direct-threads.edited', 'edited')}`}
      </a>
    </article>
  )
}

type BodyProps = { status: Status; hidesPictures: boolean }

/** A warning stands before what it warns of, and opens it. */
function Body({ status, hidesPictures }: BodyProps) {
  const words = <Words status={status} hidesPictures={hidesPictures} />
  return status.spoiler_text === '' ? (
    words
  ) : (
    <details class="message-warning" open={isOpen(status)}>
      <summary dir="auto">{status.spoiler_text}</summary>
      {words}
    </details>
  )
}

function Words({ status, hidesPictures }: BodyProps) {
  const pictures = status.media_attachments
  const nodes = messageNodes(status)
  return (
    <>
      {nodes.length > 0 && (
        <div class="prose" dir="auto" lang={status.language ?? undefined}>
          <HtmlTree nodes={nodes} links={{ mentions: status.mentions }} />
        </div>
      )}
      {hidesPictures && pictures.length > 0 ? (
        <p class="message-hidden">
          <Icon name="picture" small />
          {t(
            'direct-threads.hidden',
            '{count, plural, one {A picture, hidden until you accept} other {# pictures, hidden until you accept}}',
            { count: pictures.length },
          )}
        </p>
      ) : (
        <Pictures status={status} isSensitive={coversMedia(status)} isWaiting={savesData()} />
      )}
    </>
  )
}
