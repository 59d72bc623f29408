import { useEffect, useRef, useState } from 'preact/hooks'
import { hearStream } from '../../../api/stream.ts'
import { me } from '../../../app/session.ts'
import { amount, t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { asked, onSettle } from '../composer-state.ts'
import { Audience } from './audience.tsx'
import { begin, close, send } from './begin.ts'
import { allDrafts, loadDrafts, saveLater, saveNow, theirs } from './drafts.ts'
import { HoldToast } from './hold-toast.tsx'
import { pressKey } from './keys.ts'
import { canDo, fault, writing, type Writing } from './model.ts'
import { nudgeOf, undescribed } from './nudge.ts'
import { startOutbox } from './outbox.ts'
import { PartCard } from './part.tsx'
import { Conflict, DraftsDialog, EditNotes } from './seldom.tsx'
import { saveWords, SendButton, Toolbar } from './toolbar.tsx'

/** The composer with what outlives its window: posts that wait, and the time to take one back. */
export function ComposerRoot() {
  const wish = asked.value
  useEffect(() => {
    onSettle(saveNow)
    void startOutbox()
  }, [])
  useEffect(() => {
    if (!wish) return
    asked.value = undefined
    void begin(wish)
  }, [wish])
  const now = writing.value
  return (
    <>
      {now && <ComposerDialog key={now.localId} now={now} />}
      <HoldToast />
    </>
  )
}

function titleOf(now: Writing): string {
  if (now.edit) return t('composer.editPost', 'Edit your post')
  if (!now.replyTo) return t('composer.newPost', 'New post')
  const { display_name, username } = now.replyTo.account
  return t('composer.replyTo', 'Reply to {name}', { name: display_name || username })
}

/** Writing a post: who will see it is said first, in a sentence (pictures 05a to 05c). */
function ComposerDialog({ now }: { now: Writing }) {
  const [isSending, setSending] = useState(false)
  const [hasNudged, setNudged] = useState(false)
  const [isListing, setListing] = useState(false)
  const opened = useRef(now)
  useEffect(() => {
    // What was only opened has not changed.
    if (opened.current.parts !== now.parts || opened.current.visibility !== now.visibility) saveLater()
    else if (
      opened.current.language !== now.language ||
      opened.current.quotePolicy !== now.quotePolicy ||
      opened.current.replyPolicy !== now.replyPolicy
    )
      saveLater()
  }, [now.parts, now.visibility, now.language, now.quotePolicy, now.replyPolicy])
  useEffect(
    () =>
      hearStream({ stream: 'user' }, (event) => {
        if (event.event === 'drafts_changed') void loadDrafts()
      }),
    [],
  )
  const nudge = nudgeOf(now)
  const submit = async () => {
    if (isSending) return
    if (nudge?.stops && !hasNudged && fault.value === '') return setNudged(true)
    setSending(true)
    await send()
    setSending(false)
  }
  return (
    <Dialog label={titleOf(now)} class="composer" onClose={() => void close()}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that act on all of it */}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
        onKeyDown={(event) => pressKey(event, () => void submit())}
      >
        <TopRow now={now} isSending={isSending} list={() => setListing(true)} />
        <div class="composer-scroll">
          <Audience now={now} />
          {theirs.value && <Conflict other={theirs.value} />}
          {now.parts.map((part, index) => (
            <PartCard key={part.key} now={now} part={part} index={index} />
          ))}
          {now.edit && <EditNotes edit={now.edit} before={now.original ?? ''} after={now.parts[0]?.text ?? ''} />}
        </div>
        {fault.value && (
          <p class="form-fault composer-fault" role="alert">
            {fault.value}
          </p>
        )}
        {nudge && (!nudge.stops || hasNudged) && <NudgeLine now={now} text={nudge.text} stops={nudge.stops} />}
        <Toolbar now={now} isSending={isSending} />
      </form>
      {isListing && <DraftsDialog close={() => setListing(false)} />}
    </Dialog>
  )
}

function TopRow({ now, isSending, list }: { now: Writing; isSending: boolean; list: () => void }) {
  const name = me.value.display_name || me.value.username
  const count = allDrafts.value.length
  return (
    <header class="composer-top">
      <button class="link-button composer-close-word" type="button" onClick={() => void close()}>
        {t('composer.close', 'Close')}
      </button>
      <Avatar src={me.value.avatar} size={32} />
      <strong class="composer-title">
        <bdi>{now.replyTo || now.edit ? titleOf(now) : name}</bdi>
      </strong>
      <span class="meta composer-saved-top" key={saveWords()}>
        {now.edit ? '' : saveWords()}
      </span>
      {!now.edit && canDo('drafts') && (
        <button class="composer-drafts" key={String(count)} type="button" onClick={list}>
          {count > 0 ? t('composer.draftsCount', 'Drafts · {n}', { n: amount(count) }) : t('composer.drafts', 'Drafts')}
        </button>
      )}
      <button
        class="icon-button composer-close"
        type="button"
        aria-label={t('composer.close', 'Close')}
        title={t('composer.close', 'Close')}
        onClick={() => void close()}
      >
        <Icon name="close" />
      </button>
      <SendButton now={now} isSending={isSending} />
    </header>
  )
}

/** One quiet line before posting, never more than one. */
function NudgeLine({ now, text, stops }: { now: Writing; text: string; stops: boolean }) {
  const describe = () => {
    const [first] = undescribed(now)
    document.querySelector<HTMLElement>(`[data-key="${first?.key}"] textarea`)?.focus()
  }
  return (
    <output class="nudge">
      <Icon name={stops ? 'picture' : 'info'} />
      <span>{text}</span>
      {stops && (
        <>
          <button class="link-button" type="button" onClick={describe}>
            {t('composer.describe', 'Describe')}
          </button>
          <button class="link-button nudge-anyway" type="submit">
            {t('composer.postAnyway', 'Post anyway')}
          </button>
        </>
      )}
    </output>
  )
}
