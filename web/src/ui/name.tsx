import type { Account } from '@hamlet/contract/account'
import { EmojiText } from './emoji.tsx'

/** What a person calls themselves, or else their user name: for labels and titles, where no picture can stand. */
export function nameOf(account: Pick<Account, 'display_name' | 'username'>): string {
  return account.display_name || account.username
}

type NameProps = { account: Pick<Account, 'display_name' | 'username' | 'emojis'>; class?: string }

/** What a person calls themselves, with their emoji, in its own direction. Use it wherever a name is shown. */
export function Name({ account, ...rest }: NameProps) {
  return (
    <bdi {...rest}>
      <EmojiText text={nameOf(account)} emojis={account.emojis} />
    </bdi>
  )
}
