import type { Tag } from '@hamlet/contract/search'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'

type Props = { tag: Tag; changed: (tag: Tag) => void }

/** Says whether one follows a hashtag; a press changes it at once, and back when the server says no. */
export function FollowTagButton({ tag, changed }: Props) {
  const isOn = tag.following ?? false
  const toggle = async () => {
    changed({ ...tag, following: !isOn })
    try {
      const path = `/api/v1/tags/${encodeURIComponent(tag.name)}/${isOn ? 'unfollow' : 'follow'}`
      changed(await request<Tag>('POST', path, { body: {} }))
    } catch (error) {
      changed(tag)
      toast(explain(error))
    }
  }
  return (
    <button
      class={isOn ? 'button button-outline' : 'button button-primary'}
      type="button"
      aria-pressed={isOn}
      onClick={() => void toggle()}
    >
      {isOn && <Icon name="check" />}
      {isOn ? t('tags.following', 'Following') : t('tags.follow', 'Follow')}
      <span class="visually-hidden"> #{tag.name}</span>
    </button>
  )
}
