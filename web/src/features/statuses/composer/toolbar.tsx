import { useRef } from 'preact/hooks'
import type { IconName } from '../../../../sprite.ts'
import { amount, t } from '../../../i18n/words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { emptyPoll } from '../../polls/poll-draft.ts'
import { charactersLeft, isNearLimit } from './count.ts'
import { saveState } from './drafts.ts'
import { activeKey, addPart, canDo, changePart, MOST_PARTS, type Part, type Writing } from './model.ts'
import { undescribed } from './nudge.ts'
import { holdChoices, holdSeconds, keepHoldSeconds } from './preferences.ts'
import { EmojiButton } from './seldom.tsx'
import { addPictures } from './uploads.ts'

/** What can be added, whether it is saved, how much room is left, and the one button that sends. */
export function Toolbar({ now, isSending }: { now: Writing; isSending: boolean }) {
  const part = now.parts.find((one) => one.key === activeKey.value) ?? now.parts[0]
  if (!part) return null
  return (
    <footer class="composer-tools">
      <PicturePicker part={part} />
      <Tool
        icon="poll"
        label={t('polls.name', 'Poll')}
        isOn={part.poll !== null}
        tone="icon-on"
        run={() => changePart(part.key, { poll: part.poll ? null : emptyPoll })}
      />
      <Tool
        icon="warning"
        label={t('composer.addWarning', 'Add a warning')}
        isOn={part.warning !== null}
        run={() => changePart(part.key, { warning: part.warning === null ? '' : null })}
      />
      {!now.edit && canDo('threads') && now.parts.length < MOST_PARTS && (
        <Tool icon="addPart" label={t('composer.addPart', 'Add a post to the thread')} run={addPart} />
      )}
      {!now.edit && canDo('hold_for') && <HoldMenu />}
      {/* It comes when the emoji are known, and moves nothing at the end of the row. */}
      <EmojiButton />
      <span class="acts-gap" />
      <State now={now} part={part} />
      <SendButton now={now} isSending={isSending} />
    </footer>
  )
}

const SEND_KEYS = /Mac|iP/.test(navigator.platform) ? '⌘ ↵' : 'Ctrl ↵'

type ToolProps = { icon: IconName; label: string; isOn?: boolean; tone?: string; run: () => void }

function Tool({ icon, label, isOn, tone = 'icon-warn', run }: ToolProps) {
  return (
    <button
      class={isOn ? `icon-button ${tone}` : 'icon-button'}
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  )
}

function PicturePicker({ part }: { part: Part }) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        class="visually-hidden"
        type="file"
        accept="image/*"
        multiple
        tabIndex={-1}
        aria-label={t('composer.choosePictures', 'Choose pictures')}
        onChange={(event) => {
          addPictures(part.key, [...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Tool icon="picture" label={t('composer.addPicture', 'Add a picture')} run={() => picker.current?.click()} />
    </>
  )
}

/** How long a post can be taken back, for every post from this browser. */
function HoldMenu() {
  const name = (n: number) =>
    n === 0
      ? t('composer.noUndo', 'Post at once')
      : t('composer.undoFor', '{n, plural, one {# second} other {# seconds}} to undo', { n })
  return (
    <Menu
      label={t('composer.undoTime', 'Time to undo: {chosen}', { chosen: name(holdSeconds()) })}
      align="start"
      items={holdChoices.map((n) => ({ label: name(n), isChosen: n === holdSeconds(), run: () => keepHoldSeconds(n) }))}
    >
      <Icon name="undoTime" />
    </Menu>
  )
}

function State({ now, part }: { now: Writing; part: Part }) {
  const left = charactersLeft(part)
  if (isNearLimit(left))
    return (
      <output class={left < 0 ? 'meta counter-over' : 'meta'}>
        <span class="visually-hidden">{t('composer.left', 'Characters left:')} </span>
        {amount(left)}
      </output>
    )
  return (
    <span class="meta composer-saved" key={saveWords()}>
      {now.edit ? '' : saveWords()}
    </span>
  )
}

export function saveWords(): string {
  switch (saveState.value) {
    case 'saving':
      return t('composer.saving', 'Saving …')
    case 'saved':
      return t('composer.saved', 'Saved')
    case 'here':
      return t('composer.savedHere', 'Saved in this browser')
    case 'conflict':
      return t('composer.conflict', 'Changed elsewhere')
    default:
      return ''
  }
}

export function SendButton({ now, isSending }: { now: Writing; isSending: boolean }) {
  const words = now.edit
    ? t('composer.save', 'Save')
    : now.replyTo
      ? t('composer.reply', 'Reply')
      : now.parts.length > 1
        ? t('composer.postThread', 'Post {n, plural, other {# posts}}', { n: now.parts.length })
        : t('composer.post', 'Post')
  return (
    <button class="button button-primary composer-send" type="submit" aria-busy={isSending} data-keys={SEND_KEYS}>
      {words}
      {undescribed(now).length > 0 && <span class="send-dot" />}
    </button>
  )
}
