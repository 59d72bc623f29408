import type { FeaturedTag } from '@hamlet/contract/account'
import type { Tag } from '@hamlet/contract/search'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'

const path = '/api/v1/featured_tags'

/** The hashtags on one's own profile, each kept at once, with those of one's latest posts to choose from. */
export function EditTags() {
  const [tags, setTags] = useState<FeaturedTag[]>([])
  const [offers, setOffers] = useState<Tag[]>([])
  const [typed, setTyped] = useState('')
  const load = async () => {
    setTags(await request<FeaturedTag[]>('GET', path))
    setOffers(await request<Tag[]>('GET', `${path}/suggestions`))
  }
  useEffect(() => void load().catch((error: unknown) => toast(explain(error))), [])
  const change = async (act: () => Promise<unknown>) => {
    try {
      await act()
      await load()
    } catch (error) {
      toast(explain(error))
    }
  }
  const remove = (id: string) => void change(() => request('DELETE', `${path}/${id}`))
  const add = (name: string) => void change(() => request('POST', path, { body: { name } }))
  return (
    <form
      class="edit-tags"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') add(typed.trim())
        setTyped('')
      }}
    >
      <h2 class="field-head">{t('profiles.tags', 'Hashtags on your profile')}</h2>
      <Chips tags={tags} offers={offers} add={add} remove={remove} />
      <span class="input">
        <input
          value={typed}
          maxLength={200}
          dir="auto"
          aria-label={t('profiles.anotherTag', 'Another hashtag')}
          placeholder={t('profiles.anotherTag', 'Another hashtag')}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button class="button button-outline button-small" type="submit">
          {t('profiles.add', 'Add')}
        </button>
      </span>
    </form>
  )
}

type ChipsProps = {
  tags: readonly FeaturedTag[]
  offers: readonly Tag[]
  add: (name: string) => void
  remove: (id: string) => void
}

function Chips({ tags, offers, add, remove }: ChipsProps) {
  return (
    <div class="chips">
      {tags.map((tag) => (
        <button
          key={tag.id}
          class="chip chip-on"
          type="button"
          aria-label={t('profiles.removeTag', 'Take #{name} off', { name: tag.name })}
          onClick={() => remove(tag.id)}
        >
          <bdi>#{tag.name}</bdi>
          <Icon name="close" small />
        </button>
      ))}
      {offers.map((tag) => (
        <button
          key={tag.name}
          class="chip"
          type="button"
          aria-label={t('profiles.addTag', 'Show #{name}', { name: tag.name })}
          onClick={() => add(tag.name)}
        >
          <Icon name="add" small />
          <bdi>#{tag.name}</bdi>
        </button>
      ))}
    </div>
  )
}
