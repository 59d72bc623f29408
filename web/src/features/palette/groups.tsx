import type { Status } from '@hamlet/contract/status'
import { keysOf, type KeyName } from '../../app/keys.ts'
import { navigate } from '../../app/router.ts'
import { signOut } from '../../app/sign-out.ts'
import { t } from '../../i18n/words.ts'
import type { Choice, ChoiceGroup } from '../../ui/choices.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Name, nameOf } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import type { Fitting } from '../search/ask.ts'
import { searchPath } from '../search/search-field.tsx'
import { pages } from '../settings/tree.ts'
import { canBoost, toggleBookmark, toggleBoost, toggleFavourite } from '../statuses/acts.ts'
import { moreItems } from '../statuses/card/more.ts'
import { openComposer } from '../statuses/composer-state.ts'
import { answer } from '../statuses/replies/answer.ts'
import { fit, type Fit } from './fit.ts'
import { places } from './places.ts'
import { switches } from './switches.ts'

/** Something that can be chosen, before it is known whether it fits what was typed. */
type Entry = Omit<Choice, 'label'> & { title: string }
export type Close = () => void

function mark(title: string, { ranges }: Fit) {
  const parts = ranges.flatMap(([start, end], index) => [
    title.slice(ranges[index - 1]?.[1] ?? 0, start),
    <b key={start}>{title.slice(start, end)}</b>,
  ])
  return (
    <bdi>
      {parts}
      {title.slice(ranges.at(-1)?.[1] ?? 0)}
    </bdi>
  )
}

/** What fits, the better before the worse. */
function fitting(entries: readonly Entry[], typed: string): Choice[] {
  return entries
    .flatMap(({ title, ...entry }) => {
      const found = fit(title, typed)
      return found ? [{ rank: found.rank, choice: { ...entry, label: mark(title, found) } }] : []
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice)
}

function caps(name: KeyName) {
  return keysOf(name)[0]
    ?.split(' ')
    .map((key) => <kbd key={key}>{key}</kbd>)
}

function ownActs(status: Status): [MenuItem, KeyName][] {
  const acts: [MenuItem, KeyName][] = [
    [{ label: t('statuses.reply', 'Reply'), icon: 'reply', run: () => answer(status) }, 'reply'],
    [
      {
        label: status.favourited
          ? t('palette.unfavourite', 'Favourite no longer')
          : t('statuses.favourite', 'Favourite'),
        icon: 'favourite',
        run: () => void toggleFavourite(status),
      },
      'favourite',
    ],
    [
      {
        label: status.bookmarked ? t('palette.unbookmark', 'Bookmark no longer') : t('statuses.bookmark', 'Bookmark'),
        icon: 'bookmark',
        run: () => void toggleBookmark(status),
      },
      'bookmark',
    ],
  ]
  if (canBoost(status))
    acts.splice(1, 0, [
      {
        label: status.reblogged ? t('palette.unboost', 'Take the boost back') : t('statuses.boost', 'Boost'),
        icon: 'boost',
        run: () => void toggleBoost(status),
      },
      'boost',
    ])
  return acts
}

/** Everything that can be done with the post that had the focus. */
export function postGroup(status: Status, typed: string, close: Close): ChoiceGroup {
  const act = (item: MenuItem, key?: KeyName): Entry => ({
    id: `act-${item.label}`,
    title: item.label,
    ...(item.icon ? { icon: item.icon } : {}),
    detail: key ? caps(key) : item.help,
    run: () => {
      close()
      item.run()
    },
  })
  const entries = [
    ...ownActs(status).map(([item, key]) => act(item, key)),
    ...moreItems(status).map((item) => act(item)),
  ]
  return {
    id: 'post',
    title: t('palette.post', 'This post, by {name}', { name: nameOf(status.account) }),
    choices: fitting(entries, typed),
  }
}

export function placeGroup(typed: string, close: Close): ChoiceGroup {
  const doing = (id: string, entry: Omit<Entry, 'id'>): Entry => ({
    ...entry,
    id,
    run: () => {
      close()
      entry.run()
    },
  })
  const entries: Entry[] = [
    ...places().map(({ path, icon, title }) => doing(`go-${path}`, { title, icon, run: () => navigate(path) })),
    doing('write', {
      title: t('app.newPost', 'New post'),
      icon: 'write',
      detail: caps('write'),
      run: () => openComposer(),
    }),
    doing('sign-out', { title: t('app.signOut', 'Sign out'), icon: 'leave', run: () => void signOut() }),
  ]
  return { id: 'places', title: t('palette.go', 'Go to'), choices: fitting(entries, typed) }
}

/** Pages and single settings; one that is on or off is thrown right here. */
export function settingGroup(typed: string, close: Close): ChoiceGroup {
  const go = (href: string) => () => {
    close()
    navigate(href)
  }
  const entries = pages().flatMap(({ path, icon, title, settings }): Entry[] => [
    { id: `page-${path}`, title, icon, run: go(path) },
    ...settings.map(([id, words]): Entry => {
      const one = switches[id]
      const setting = { id: `setting-${path}-${id}`, title: words, icon, detail: title }
      if (!one) return { ...setting, run: go(`${path}#${id}`) }
      const isOn = one.isOn()
      return { ...setting, isOn, run: () => void one.choose(!isOn) }
    }),
  ])
  return { id: 'settings', title: t('app.settings', 'Settings'), choices: fitting(entries, typed) }
}

export function foundGroups({ people, tags }: Fitting, typed: string, close: Close): ChoiceGroup[] {
  const go = (path: string) => () => {
    close()
    navigate(path)
  }
  return [
    {
      id: 'people',
      title: t('search.people', 'People'),
      choices: people.map((account) => {
        const name = fit(nameOf(account), typed)
        const isPlain = account.emojis.length === 0
        return {
          id: `person-${account.id}`,
          picture: <Avatar src={account.avatar} size={28} />,
          label: (
            <>
              {name && isPlain ? mark(nameOf(account), name) : <Name account={account} />}{' '}
              <span class="meta">@{account.acct}</span>
            </>
          ),
          run: go(`/@${account.acct}`),
        }
      }),
    },
    {
      id: 'tags',
      title: t('search.tags', 'Hashtags'),
      choices: tags.map(({ name }) => ({
        id: `tag-${name}`,
        icon: 'tag',
        label: <bdi>{name}</bdi>,
        run: go(`/tags/${encodeURIComponent(name)}`),
      })),
    },
  ]
}

export function searchGroup(typed: string, close: Close): ChoiceGroup {
  return {
    id: 'search',
    title: t('app.search', 'Search'),
    choices: [
      {
        id: 'search',
        icon: 'search',
        label: <bdi>{t('palette.searchFor', 'Search for “{text}”', { text: typed })}</bdi>,
        run: () => {
          close()
          navigate(searchPath(typed))
        },
      },
    ],
  }
}
