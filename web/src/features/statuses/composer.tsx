import type { Visibility } from '@hamlet/contract/status'
import { useEffect, useRef } from 'preact/hooks'
import { me } from '../../app/session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { emptyPoll } from '../polls/poll-draft.ts'
import { PollEditor } from '../polls/poll-editor.tsx'
import { EmojiButton } from '../emojis/emoji-button.tsx'
import { audienceIcons } from './audience.ts'
import { lookAtPaste, QuoteOffer } from './quote/offer.tsx'
import { QuotingCard } from './quote/quoting.tsx'
import {
  addPictures,
  changeDraft,
  changeUpload,
  charactersLeft,
  closeComposer,
  draft,
  fault,
  isSending,
  notified,
  removeUpload,
  sendDraft,
  type Draft,
  type Upload,
} from './composer-state.ts'

const audiences: [Visibility, string, string, string][] = [
  ['public', 'Everyone', 'can see this.', 'In timelines, hashtags and search.'],
  [
    'unlisted',
    'Everyone, quietly',
    'can see this: it stays out of timelines and search.',
    'Whoever has the link, and your followers.',
  ],
  ['private', 'Your followers', 'can see this, and nobody else.', 'Also followers who come later.'],
  ['direct', 'Mentioned people', 'can see this, and nobody else.', 'Only who is named in the text.'],
]
const quotePolicies: [Draft['quotePolicy'], string][] = [
  ['public', 'Anyone can quote'],
  ['followers', 'Followers can quote'],
  ['nobody', 'Nobody can quote'],
]

/** Writing a post: who will see it is said first, in a sentence (pictures 05a to 05c). */
export function Composer() {
  const now = draft.value
  return now ? (
    <Dialog label={titleOf(now)} class="composer" onClose={closeComposer}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void sendDraft()
        }}
      >
        <TopRow now={now} />
        <div class="composer-scroll">
          <Audience now={now} />
          {now.warning !== null && <Warning text={now.warning} />}
          <Words now={now} />
          <QuoteOffer quote={(quote, link) => changeDraft({ quote, text: now.text.replace(link, '').trim() })} />
          {now.quote && <QuotingCard status={now.quote} remove={() => changeDraft({ quote: undefined })} />}
          {now.uploads.map((one) => (
            <PictureRow key={one.key} upload={one} />
          ))}
          {now.poll && (
            <PollEditor
              value={now.poll}
              onChange={(poll) => changeDraft({ poll })}
              isEdit={(now.edit?.poll ?? null) !== null}
            />
          )}
        </div>
        {fault.value && (
          <p class="form-fault composer-fault" role="alert">
            {fault.value}
          </p>
        )}
        <Toolbar now={now} />
      </form>
    </Dialog>
  ) : null
}

function titleOf(now: Draft): string {
  if (now.edit) return 'Edit your post'
  return now.replyTo ? `Reply to ${now.replyTo.account.display_name || now.replyTo.account.username}` : 'New post'
}

function TopRow({ now }: { now: Draft }) {
  return (
    <header class="composer-top">
      <Avatar src={me.value.avatar} size={32} />
      <strong>
        <bdi>{now.replyTo || now.edit ? titleOf(now) : me.value.display_name || me.value.username}</bdi>
      </strong>
      <button class="icon-button" type="button" aria-label="Close" title="Close" onClick={closeComposer}>
        <Icon name="close" />
      </button>
    </header>
  )
}

function Audience({ now }: { now: Draft }) {
  const [, name, sentence] = audiences.find(([value]) => value === now.visibility) ?? audiences[0]!
  return (
    <div class="audience">
      <Icon name={audienceIcons[now.visibility]} />
      <div>
        <p>
          {now.edit ? (
            <strong>{name}</strong>
          ) : (
            <Menu
              label={`Audience: ${name}`}
              class="audience-name"
              align="start"
              items={audiences.map(([value, label, , help]) => ({
                label,
                help,
                icon: audienceIcons[value],
                isChosen: value === now.visibility,
                run: () => changeDraft({ visibility: value }),
              }))}
            >
              {name}
            </Menu>
          )}{' '}
          {sentence} <Notified />
        </p>
        {!now.edit && (
          <p class="audience-chips">
            <Menu
              label={`${quotePolicies.find(([value]) => value === now.quotePolicy)?.[1] ?? ''}: who can quote this`}
              class="chip"
              align="start"
              items={quotePolicies.map(([value, label]) => ({
                label,
                isChosen: value === now.quotePolicy,
                run: () => changeDraft({ quotePolicy: value }),
              }))}
            >
              {quotePolicies.find(([value]) => value === now.quotePolicy)?.[1]}
              <Icon name="down" small />
            </Menu>
            <Language now={now} />
          </p>
        )}
      </div>
    </div>
  )
}

const tongues = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'nb',
  'sv',
  'da',
  'fi',
  'pl',
  'cs',
  'tr',
  'el',
  'ru',
  'uk',
  'ar',
  'he',
  'fa',
  'hi',
  'ja',
  'ko',
  'zh-CN',
  'zh-TW',
]
const tongueNames = new Intl.DisplayNames(undefined, { type: 'language' })

function Language({ now }: { now: Draft }) {
  const all = tongues.includes(now.language) ? tongues : [now.language, ...tongues]
  return (
    <Menu
      label={`${tongueNames.of(now.language) ?? now.language}: language of the post`}
      class="chip"
      align="start"
      items={all.map((tag) => ({
        label: tongueNames.of(tag) ?? tag,
        isChosen: tag === now.language,
        run: () => changeDraft({ language: tag }),
      }))}
    >
      {tongueNames.of(now.language) ?? now.language}
      <Icon name="down" small />
    </Menu>
  )
}

function Notified() {
  const names = notified.value
  if (names.length === 0) return null
  const list = new Intl.ListFormat('en').format(names.map((name) => `@${name}`))
  return <>{names.length === 1 ? `${list} is notified.` : `${names.length} people are notified: ${list}.`}</>
}

function Warning({ text }: { text: string }) {
  return (
    <p class="composer-warning">
      <Icon name="warning" />
      <input
        aria-label="Warning"
        placeholder="What should people know before they open it?"
        value={text}
        dir="auto"
        onInput={(event) => changeDraft({ warning: event.currentTarget.value })}
      />
      <button
        class="icon-button"
        type="button"
        aria-label="Remove the warning"
        onClick={() => changeDraft({ warning: null })}
      >
        <Icon name="close" />
      </button>
    </p>
  )
}

function Words({ now }: { now: Draft }) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const box = field.current
    box?.focus()
    box?.setSelectionRange(box.value.length, box.value.length)
  }, [])
  return (
    <textarea
      ref={field}
      class="composer-text"
      aria-label="Text of the post"
      placeholder={now.replyTo ? 'Write your reply' : 'What is on your mind?'}
      value={now.text}
      dir="auto"
      lang={now.language}
      onInput={(event) => changeDraft({ text: event.currentTarget.value })}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length > 0) void addPictures(files)
        else if (!now.edit && !now.quote) void lookAtPaste(event.clipboardData?.getData('text/plain') ?? '')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void sendDraft()
      }}
    />
  )
}

const LONGEST_DESCRIPTION = 1500

function PictureRow({ upload }: { upload: Upload }) {
  return (
    <div class="upload">
      <div class="upload-picture">
        <img src={upload.preview} alt="" />
        <button
          class="over-button"
          type="button"
          aria-label={`Remove ${upload.name}`}
          onClick={() => removeUpload(upload.key)}
        >
          <Icon name="close" />
        </button>
        {!upload.id && !upload.fault && <output class="upload-state">Sending …</output>}
      </div>
      <label class="upload-words">
        <span>
          <strong>Description</strong>
          <span class="meta">
            {upload.description.length} of {LONGEST_DESCRIPTION.toLocaleString()}
          </span>
        </span>
        <textarea
          rows={4}
          maxLength={LONGEST_DESCRIPTION}
          placeholder="What is to be seen, for those who cannot?"
          value={upload.description}
          dir="auto"
          onInput={(event) => changeUpload(upload.key, { description: event.currentTarget.value })}
        />
        {upload.fault && <span class="field-fault">{upload.fault}</span>}
      </label>
    </div>
  )
}

const FEW_LEFT = 100

function Toolbar({ now }: { now: Draft }) {
  const picker = useRef<HTMLInputElement>(null)
  const left = charactersLeft.value
  return (
    <footer class="composer-tools">
      {!now.edit && (
        <>
          <input
            ref={picker}
            class="visually-hidden"
            type="file"
            accept="image/*"
            multiple
            tabIndex={-1}
            aria-label="Choose pictures"
            onChange={(event) => {
              void addPictures([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
          <button
            class="icon-button"
            type="button"
            aria-label="Add a picture"
            title="Add a picture"
            onClick={() => picker.current?.click()}
          >
            <Icon name="picture" />
          </button>
        </>
      )}
      <button
        class={now.poll ? 'icon-button icon-on' : 'icon-button'}
        type="button"
        aria-label={t('polls.name', 'Poll')}
        title={t('polls.name', 'Poll')}
        aria-pressed={now.poll !== null}
        onClick={() => changeDraft({ poll: now.poll ? null : emptyPoll })}
      >
        <Icon name="poll" />
      </button>
      <button
        class={now.warning === null ? 'icon-button' : 'icon-button icon-warn'}
        type="button"
        aria-label="Add a warning"
        title="Add a warning"
        aria-pressed={now.warning !== null}
        onClick={() => changeDraft({ warning: now.warning === null ? '' : null })}
      >
        <Icon name="warning" />
      </button>
      <EmojiButton />
      <span class="acts-gap" />
      <output class={left < 0 ? 'meta counter-over' : 'meta'}>{left < FEW_LEFT ? left : 'Saved'}</output>
      <button class="button button-primary" type="submit" aria-busy={isSending.value}>
        {now.edit ? 'Save' : now.replyTo ? 'Reply' : 'Post'}
      </button>
    </footer>
  )
}
