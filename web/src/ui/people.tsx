import type { Account } from '@hamlet/contract/account'
import { Fragment, type ComponentChildren } from 'preact'
import { language, t } from '../i18n/words.ts'
import { Name } from './name.tsx'

export { nameOf } from './name.tsx'

/** A name with a link to its profile, in its own direction. */
export function PersonLink({ account }: { account: Account }) {
  return (
    <a href={`/@${account.acct}`}>
      <Name account={account} />
    </a>
  )
}

/** `Ana, Bo and 3 others`, as the reader's language lists things; names are links. */
export function People({ accounts, most = 2, total }: { accounts: readonly Account[]; most?: number; total?: number }) {
  const named = accounts.slice(0, most)
  const others = (total ?? accounts.length) - named.length
  const words = named.map((_, index) => `\uE000${index}\uE000`)
  if (others > 0) words.push(t('ui.others', '{n, plural, one {# other} other {# others}}', { n: others }))
  const parts = new Intl.ListFormat(language()).format(words).split('\uE000')
  return (
    <>
      {parts.map((part, index): ComponentChildren => {
        const account = index % 2 === 1 ? named[Number(part)] : undefined
        return <Fragment key={index}>{account ? <PersonLink account={account} /> : part}</Fragment>
      })}
    </>
  )
}
