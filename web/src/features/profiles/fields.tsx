import type { Account } from '@hamlet/contract/account'
import { t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Icon } from '../../ui/parts.tsx'
import { dayWords, tableFields } from './words.ts'

/** What somebody says of themself, as a table; a link that leads back here says when that was seen. */
export function Fields({ account }: { account: Account }) {
  const fields = tableFields(account)
  if (fields.length === 0) return null
  return (
    <dl class="person-fields">
      {fields.map((field, index) => (
        <div key={index} class={field.verified_at ? 'is-verified' : ''}>
          <dt dir="auto">
            <EmojiText text={field.name} emojis={account.emojis} />
          </dt>
          <dd dir="auto">
            <Html html={field.value} emojis={account.emojis} />
            {field.verified_at && (
              <span
                class="field-verified"
                title={t('profiles.verifiedHelp', 'The page links back to this profile, so both belong together.')}
              >
                <Icon name="verified" small />
                {t('profiles.checked', 'Checked {date}', { date: dayWords(field.verified_at) })}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
