import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { me } from '../../app/session.ts'
import { rich, t } from '../../i18n/words.ts'
import { HtmlTree } from '../../ui/html.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Name } from '../../ui/name.tsx'
import { moment } from '../../ui/time.tsx'
import { audienceName } from '../statuses/audience.ts'
import { Actions } from '../statuses/card/actions.tsx'
import { openComposer } from '../statuses/composer-state.ts'
import { answer } from '../statuses/replies/answer.ts'
import { wordsOf } from '../statuses/quote/words.ts'
import { pathOf } from '../statuses/acts.ts'
import { copyDescription } from './acts.ts'

type PanelProps = {
  status: Status
  media: MediaAttachment
  /** The words are behind a warning that the reader has not opened. */
  isCovered: boolean
  isOpen: boolean
  toggle: () => void
}

/** Beside the picture, under it on a phone: what is seen, and the post that it belongs to (pictures 20, 20b). */
export function Panel({ status, media, isCovered, isOpen, toggle }: PanelProps) {
  return (
    <aside class={isOpen ? 'viewer-panel' : 'viewer-panel is-folded'} aria-label={t('viewer.panel', 'About it')}>
      <Fold isOpen={isOpen} toggle={toggle} />
      {isOpen && (
        <div class="viewer-words">
          <Post status={status} isCovered={isCovered} />
          {!isCovered && <Description status={status} media={media} />}
          <button class="viewer-reply" type="button" onClick={() => answer(status)}>
            <Avatar src={me.value.avatar} size={32} />
            <span>{rich('thread.replyTo', 'Reply to {name}', { name: <Name account={status.account} /> })}</span>
          </button>
          <p class="viewer-keys" aria-hidden="true">
            <Key name="←" />
            <Key name="→">{t('viewer.keyMove', 'move')}</Key>
            <Key name="a">{t('viewer.keyDescription', 'description')}</Key>
            <Key name="Esc">{t('viewer.keyClose', 'close')}</Key>
          </p>
        </div>
      )}
    </aside>
  )
}

function Key({ name, children }: { name: string; children?: ComponentChildren }) {
  return (
    <span>
      <kbd>{name}</kbd>
      {children}
    </span>
  )
}

function Fold({ isOpen, toggle }: { isOpen: boolean; toggle: () => void }) {
  const name = isOpen ? t('viewer.fold', 'Hide the description') : t('viewer.unfold', 'Show the description')
  return (
    <button
      class="viewer-fold"
      type="button"
      aria-expanded={isOpen}
      aria-label={name}
      aria-keyshortcuts="a"
      title={name}
      onClick={toggle}
    >
      <Icon name={isOpen ? 'panel' : 'panelOpen'} />
    </button>
  )
}

/** What is seen, in its author's words; where these are missing that is said, and to the author how to mend it. */
function Description({ status, media }: { status: Status; media: MediaAttachment }) {
  const { description } = media
  const copy = t('viewer.copyDescription', 'Copy the description')
  return (
    <section class="viewer-description">
      <div class="viewer-description-head">
        <h2>{t('viewer.description', 'Description')}</h2>
        {description && (
          <button
            class="viewer-tool"
            type="button"
            aria-label={copy}
            title={copy}
            onClick={() => void copyDescription(description)}
          >
            <Icon name="copy" />
          </button>
        )}
      </div>
      {description ? (
        <p class="viewer-seen" dir="auto" lang={status.language ?? undefined}>
          {description}
        </p>
      ) : (
        <p class="viewer-unseen">
          {t('viewer.noDescription', 'No description')}
          {status.account.id === me.value.id && (
            <button
              class="button button-outline button-small"
              type="button"
              onClick={() => openComposer({ edit: status })}
            >
              {t('viewer.add', 'Add')}
            </button>
          )}
        </p>
      )}
    </section>
  )
}

function Post({ status, isCovered }: { status: Status; isCovered: boolean }) {
  const { account } = status
  return (
    <section class="viewer-post" aria-label={t('viewer.post', 'The post')}>
      <a class="viewer-person" href={`/@${account.acct}`}>
        <Avatar src={account.avatar} size={44} />
        <span>
          <strong>
            <Name account={account} />
          </strong>
          <small>
            <bdi>@{account.acct}</bdi>
          </small>
        </span>
      </a>
      {status.spoiler_text !== '' && (
        <p class="viewer-warning" dir="auto">
          <Icon name="warning" small /> {status.spoiler_text}
        </p>
      )}
      {!isCovered && (
        <div class="prose" dir="auto" lang={status.language ?? undefined}>
          <HtmlTree nodes={wordsOf(status)} links={{ mentions: status.mentions }} emojis={status.emojis} />
        </div>
      )}
      <p class="meta">
        <a href={pathOf(status)}>
          <time dateTime={status.created_at}>{moment(status.created_at)}</time>
        </a>
        {' · '}
        {audienceName(status.visibility)}
      </p>
      <Actions status={status} reason={undefined} withCounts />
    </section>
  )
}
