import type { Account } from '@hamlet/contract/account'
import type { RefObject } from 'preact'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Choices, type Choice, type ChoiceGroup } from '../../ui/choices.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { useFitting, type Fitting } from './ask.ts'
import { personTyped, valueHints } from './operators.ts'
import { hostOfAddress, lastWord } from './query.ts'
import { recentSearches } from './recent.ts'

export type ProposalsProps = {
  id: string
  field: RefObject<HTMLInputElement | null>
  /** What stands in the field. */
  text: string
  /** Puts a text there in its place. */
  write: (text: string) => void
  search: (query: string) => void
  close: () => void
}

const MOST_RECENT = 4

/** What may be meant, while it is typed: where to go, what was looked for before, people, hashtags, values of operators. */
export function Proposals({ id, field, text, write, search, close }: ProposalsProps) {
  const { before, word } = lastWord(text)
  const person = personTyped(word)
  const fitting = useFitting(person ? person.text : asName(text))
  const complete = (raw: string) => write(`${before}${raw} `)
  const go = (path: string) => {
    close()
    navigate(path)
  }
  const hints = valueHints(word)
  const groups = person
    ? [peopleGroup(fitting.people, (account) => complete(`${person.operator}@${account.acct}`))]
    : hints.length > 0
      ? [hintGroup(hints, complete)]
      : [...addressGroups(text.trim(), search), recentGroup(text, search), ...foundGroups(fitting, go)]
  const shown = groups.filter((group) => group.choices.length > 0)
  if (shown.length === 0) return null
  return (
    <Choices
      id={id}
      class="search-options"
      label={t('search.proposals', 'Proposals')}
      field={field}
      groups={shown}
      close={close}
    />
  )
}

/** People and hashtags are asked for by one word: a longer text is words of posts. */
function asName(text: string): string {
  const trimmed = text.trim()
  return /[\s:"]/.test(trimmed) ? '' : trimmed
}

function hintGroup(hints: ReturnType<typeof valueHints>, complete: (raw: string) => void): ChoiceGroup {
  return {
    id: 'hints',
    title: t('search.goesOn', 'Goes on'),
    choices: hints.map(({ write, says }) => ({
      id: write,
      label: <code>{write}</code>,
      detail: says,
      run: () => complete(write),
    })),
  }
}

function addressGroups(text: string, search: (query: string) => void): ChoiceGroup[] {
  const host = hostOfAddress(text)
  if (!host) return []
  const label = text.includes('/')
    ? t('search.openLink', 'Look up this link at {host}', { host })
    : t('search.openHandle', 'Look up {handle}', { handle: text.startsWith('@') ? text : `@${text}` })
  return [
    {
      id: 'go',
      title: t('search.goTo', 'Go to'),
      choices: [{ id: 'address', icon: 'outside', label: <bdi>{label}</bdi>, run: () => search(text) }],
    },
  ]
}

function recentGroup(text: string, search: (query: string) => void): ChoiceGroup {
  const wanted = text.trim().toLowerCase()
  const fitting = recentSearches().filter((one) => one.toLowerCase().startsWith(wanted) && one !== text.trim())
  return {
    id: 'recent',
    title: t('search.recent', 'Recent on this device'),
    choices: fitting.slice(0, MOST_RECENT).map((query) => ({
      id: `recent-${query}`,
      icon: 'recall',
      label: <bdi>{query}</bdi>,
      run: () => search(query),
    })),
  }
}

function peopleGroup(people: readonly Account[], choose: (account: Account) => void): ChoiceGroup {
  return {
    id: 'people',
    title: t('search.people', 'People'),
    choices: people.map((account): Choice => ({
      id: `person-${account.id}`,
      picture: <Avatar src={account.avatar} size={28} />,
      label: (
        <>
          <Name account={account} /> <span class="meta">@{account.acct}</span>
        </>
      ),
      run: () => choose(account),
    })),
  }
}

function foundGroups({ people, tags }: Fitting, go: (path: string) => void): ChoiceGroup[] {
  return [
    peopleGroup(people, (account) => go(`/@${account.acct}`)),
    {
      id: 'tags',
      title: t('search.tags', 'Hashtags'),
      choices: tags.map((tag) => ({
        id: `tag-${tag.name}`,
        icon: 'tag',
        label: <bdi>{tag.name}</bdi>,
        run: () => go(`/tags/${encodeURIComponent(tag.name)}`),
      })),
    },
  ]
}
