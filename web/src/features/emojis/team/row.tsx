import type { TeamEmoji } from '@hamlet/contract/emoji'
import { useId } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'

type RowProps = { emoji: TeamEmoji; isChosen: boolean; toggle: () => void }

export function EmojiRow({ emoji, isChosen, toggle }: RowProps) {
  const { shortcode, static_url, host, category, disabled, visible_in_picker, is_here } = emoji
  const id = useId()
  const facts = [
    ...(host === null ? [category ?? t('emojiTeam.noCategory', 'No category')] : [host]),
    ...(is_here ? [t('emojiTeam.isHere', 'there is one of this name here')] : []),
    ...(host === null && !visible_in_picker ? [t('emojiTeam.isUnlisted', 'not offered')] : []),
    ...(disabled ? [t('emojiTeam.isDisabled', 'disabled')] : []),
  ]
  return (
    <label htmlFor={id} class={`gate-row emoji-row${disabled ? ' emoji-off' : ''}`}>
      <input id={id} type="checkbox" checked={isChosen} onChange={toggle} />
      <img src={static_url} alt="" width={32} height={32} loading="lazy" />
      <strong dir="ltr">:{shortcode}:</strong>
      <span class="meta">
        <bdi>{facts.join(' · ')}</bdi>
      </span>
    </label>
  )
}
