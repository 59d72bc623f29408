import type { Draft } from '@hamlet/contract/draft'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Empty, Icon } from '../../../ui/parts.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { Ago } from '../../../ui/time.tsx'
import { fromDraft } from './convert.ts'
import { allDrafts, forgetDraft, loadDrafts, saveNow, takeUp } from './drafts.ts'
import { freshWriting, writing } from './model.ts'

/** Everything that is begun and not sent, also on other devices. */
export function DraftsDialog({ close }: { close: () => void }) {
  const [isLoaded, setLoaded] = useState(false)
  useEffect(() => {
    void saveNow()
      .then(loadDrafts)
      .then(() => setLoaded(true))
  }, [])
  const drafts = allDrafts.value
  const anew = () => void takeUp(freshWriting()).then(close)
  return (
    <Dialog label={t('composer.drafts', 'Drafts')} class="drafts" onClose={close}>
      <header class="composer-top">
        <strong>{t('composer.drafts', 'Drafts')}</strong>
        <button class="button button-outline button-small" type="button" onClick={anew}>
          {t('composer.startAnew', 'Start anew')}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label={t('composer.closeDrafts', 'Close drafts')}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      {!isLoaded && drafts.length === 0 && <Skeleton rows={2} />}
      {isLoaded && drafts.length === 0 && (
        <Empty icon="write" title={t('composer.noDrafts', 'Nothing is begun')}>
          {t('composer.noDraftsHelp', 'What you write is kept here until you post it.')}
        </Empty>
      )}
      <ul class="draft-list">
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} close={close} />
        ))}
      </ul>
    </Dialog>
  )
}

function DraftRow({ draft, close }: { draft: Draft; close: () => void }) {
  const [first, ...rest] = draft.parts
  const pictures = draft.parts.reduce((sum, part) => sum + part.media_attachments.length, 0)
  const words = first?.text.trim() || first?.spoiler_text || t('composer.noWords', 'No words yet')
  const isOpen = draft.id === writing.value?.draft?.id
  const open = async () => {
    if (!isOpen) await takeUp(await fromDraft(draft))
    close()
  }
  return (
    <li class={isOpen ? 'draft draft-open' : 'draft'}>
      <button class="draft-words" type="button" aria-current={isOpen ? 'true' : undefined} onClick={() => void open()}>
        <span dir="auto">{words}</span>
        <span class="meta">
          <Ago at={draft.updated_at} />
          {draft.in_reply_to_id && ` · ${t('composer.draftReply', 'Reply')}`}
          {rest.length > 0 &&
            ` · ${t('composer.draftPosts', '{n, plural, other {# posts}}', { n: draft.parts.length })}`}
          {pictures > 0 &&
            ` · ${t('composer.draftPictures', '{n, plural, one {# picture} other {# pictures}}', { n: pictures })}`}
        </span>
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.throwAway', 'Throw away: {words}', { words: words.slice(0, 60) })}
        onClick={() => void throwAway(draft)}
      >
        <Icon name="remove" />
      </button>
    </li>
  )
}

async function throwAway(draft: Draft): Promise<void> {
  const now = writing.value
  if (now?.draft?.id === draft.id) {
    writing.value = freshWriting()
    return forgetDraft(now)
  }
  allDrafts.value = allDrafts.value.filter((one) => one.id !== draft.id)
  await request('DELETE', `/api/hamlet/v1/drafts/${draft.id}`).catch(() => undefined)
}
