import type { EmojiCategory, EmojiPack, TeamEmoji } from '@hamlet/contract/emoji'
import { useMemo, useState } from 'preact/hooks'
import { makeFeed } from '../../../api/timeline.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { t } from '../../../i18n/words.ts'
import { Fault, FeedList, Skeleton } from '../../../ui/states.tsx'
import { Pick } from '../../measures/pick.tsx'
import { useLoaded } from '../../moderation/use-loaded.ts'
import '../../../styles/emoji-team.css'
import { ActBar } from './act-bar.tsx'
import { AddEmoji } from './add-emoji.tsx'
import { API, PACKS, queryOf, type Filter } from './api.ts'
import { BringPack, PackRow } from './packs.tsx'
import { EmojiRow } from './row.tsx'

/** Emoji of this server and of others: added, sorted, copied, put away; packs in and out (web-spec section 8). */
export function EmojiTeamPage() {
  const packs = useLoaded<EmojiPack[]>(PACKS)
  const categories = useLoaded<EmojiCategory[]>(`${API}/categories`)
  const [version, setVersion] = useState(0)
  const [filter, setFilter] = useState<Filter>({ origin: 'local', q: '', host: '', category: '*', state: '' })
  const changed = () => {
    setVersion((before) => before + 1)
    void categories.load()
  }
  const fault = packs.fault || categories.fault
  const isThere = packs.value !== undefined && categories.value !== undefined
  const query = queryOf(filter)
  return (
    <>
      <ColumnHead title={t('emojiTeam.title', 'Emoji')} />
      <div class="sheet column-sheet">
        <AddEmoji categories={categories.value ?? []} done={changed} />
        <BringPack done={() => void packs.load()} />
        {fault && <Fault text={fault} />}
        {!isThere && !fault && <Skeleton rows={6} />}
        {isThere && (
          <>
            {packs.value?.map((pack) => (
              <PackRow key={pack.id} pack={pack} again={() => void packs.load()} finished={changed} />
            ))}
            <Narrow filter={filter} choose={setFilter} categories={categories.value ?? []} />
            <Emojis key={`${query} ${version}`} query={query} filter={filter} changed={() => void categories.load()} />
          </>
        )}
      </div>
    </>
  )
}

const origins = (): [string, string][] => [
  ['local', t('emojiTeam.here', 'This server')],
  ['remote', t('emojiTeam.elsewhere', 'Other servers')],
]
const states = (): [string, string][] => [
  ['', t('emojiTeam.anyState', 'Any state')],
  ['unlisted', t('emojiTeam.unlisted', 'Not offered')],
  ['disabled', t('emojiTeam.disabled', 'Disabled')],
]

type NarrowProps = { filter: Filter; choose: (filter: Filter) => void; categories: readonly EmojiCategory[] }

function Narrow({ filter, choose, categories }: NarrowProps) {
  const isLocal = filter.origin === 'local'
  const headings = categories.map(({ name, emojis }): [string, string] => [
    name ?? '',
    t('emojiTeam.heading', '{name} ({n, number})', {
      name: name ?? t('emojiTeam.noCategory', 'No category'),
      n: emojis,
    }),
  ])
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const text = (name: string) => {
          const value = form.get(name)
          return typeof value === 'string' ? value.trim() : ''
        }
        choose({ ...filter, q: text('q').replaceAll(':', ''), host: text('host') })
      }}
    >
      <div class="gate-fields">
        <TextField name="q" label={t('emojiTeam.name', 'Name')} />
        <Pick
          label={t('emojiTeam.from', 'From')}
          options={origins()}
          value={filter.origin}
          choose={(origin) => choose({ ...filter, origin: origin as Filter['origin'], category: '*', host: '' })}
        />
        {isLocal ? (
          <Pick
            label={t('emojiTeam.category', 'Category')}
            options={[['*', t('emojiTeam.anyCategory', 'Any category')], ...headings]}
            value={filter.category}
            choose={(category) => choose({ ...filter, category })}
          />
        ) : (
          <TextField name="host" label={t('emojiTeam.host', 'Server')} />
        )}
        <Pick
          label={t('emojiTeam.state', 'State')}
          options={states()}
          value={filter.state}
          choose={(state) => choose({ ...filter, state })}
        />
        <button class="button button-outline" type="submit">
          {t('emojiTeam.search', 'Search')}
        </button>
      </div>
    </form>
  )
}

function TextField({ name, label }: { name: string; label: string }) {
  return (
    <label class="gate-text">
      <span class="field-head">{label}</span>
      <span class="input">
        <input name={name} type="search" maxLength={128} autocomplete="off" autocapitalize="none" spellcheck={false} />
      </span>
    </label>
  )
}

type EmojisProps = { query: string; filter: Filter; changed: () => void }

function Emojis({ query, filter, changed }: EmojisProps) {
  const feed = useMemo(() => makeFeed<TeamEmoji>(`${API}?${query}`), [query])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const items = feed.items.value
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <>
      <ActBar
        origin={filter.origin}
        chosen={items.filter(({ id }) => chosen.has(id))}
        isAll={items.length > 0 && items.every(({ id }) => chosen.has(id))}
        chooseAll={(isOn) => setChosen(new Set(isOn ? items.map(({ id }) => id) : []))}
        change={(next) => {
          feed.items.value = next(items)
          setChosen(new Set())
          changed()
        }}
      />
      <FeedList
        feed={feed}
        empty={{
          title: t('emojiTeam.none', 'No emoji'),
          text: t('emojiTeam.noneText', 'Search for less, or add one above.'),
          icon: 'emoji',
        }}
        draw={(emoji) => (
          <EmojiRow key={emoji.id} emoji={emoji} isChosen={chosen.has(emoji.id)} toggle={() => toggle(emoji.id)} />
        )}
      />
    </>
  )
}
