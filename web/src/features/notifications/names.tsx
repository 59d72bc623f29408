import type { Account } from '@hamlet/contract/account'
import type { ComponentChildren } from 'preact'
import { language, t } from '../../i18n/words.ts'
import { Name as AccountName } from '../../ui/name.tsx'

/** So many are named when there are no more; of more, the first two. */
const ALL_NAMED = 3
const NAMED = 2

export const nameOf = (account: Account) => account.display_name || account.username

export function Name({ account }: { account: Account }) {
  return (
    <a href={`/@${account.acct}`} aria-label={nameOf(account)}>
      <strong>
        <AccountName account={account} />
      </strong>
    </a>
  )
}

type NamesProps = { people: readonly Account[]; count: number; seeAll: () => void }

/** `Oda, Bram and 14 others`, as the reader's language lists things; the others are one press away. */
export function Names({ people, count, seeAll }: NamesProps) {
  const named = count <= ALL_NAMED ? people.slice(0, ALL_NAMED) : people.slice(0, NAMED)
  const others = count - named.length
  const parts: ComponentChildren[] = named.map((account) => <Name key={account.id} account={account} />)
  if (others > 0)
    parts.push(
      <button key="others" class="notice-others" type="button" onClick={seeAll}>
        {t('notify.others', '{n, plural, one {# other} other {# others}}', { n: others })}
      </button>,
    )
  return <>{inList(parts)}</>
}

/** Drawn things in a row, with the commas and the word of the reader's language between them. */
function inList(parts: readonly ComponentChildren[]): ComponentChildren[] {
  const marks = parts.map((_, index) => String(index))
  // Plain English, as the page writes it: no comma before the last.
  return new Intl.ListFormat(language() === 'en' ? 'en-GB' : language())
    .formatToParts(marks)
    .map(({ type, value }) => (type === 'element' ? parts[Number(value)] : value))
}
