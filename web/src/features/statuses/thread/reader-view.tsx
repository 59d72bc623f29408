import type { Status } from '@hamlet/contract/status'
import { HtmlTree } from '../../../ui/html.tsx'
import { Name } from '../../../ui/name.tsx'
import { Avatar, Time } from '../../../ui/parts.tsx'
import { Pictures } from '../pictures.tsx'
import { wordsOf } from '../quote/words.ts'

/** What one person wrote in several posts, as one text: no counts, no buttons, nothing to look past. */
export function ReaderView({ chain }: { chain: readonly Status[] }) {
  const [first] = chain
  if (!first) return null
  return (
    <article class="reader">
      <header>
        <Avatar src={first.account.avatar} size={44} />
        <p>
          <strong>
            <Name account={first.account} />
          </strong>
          <span class="meta">
            <Time at={first.created_at} />
          </span>
        </p>
      </header>
      {chain.map((status) => (
        <section key={status.id}>
          {status.spoiler_text !== '' && (
            <p class="meta" dir="auto">
              {status.spoiler_text}
            </p>
          )}
          <div class="prose" dir="auto" lang={status.language ?? undefined}>
            <HtmlTree nodes={wordsOf(status)} links={{ mentions: status.mentions }} emojis={status.emojis} />
          </div>
          <Pictures status={status} isSensitive={status.sensitive} />
        </section>
      ))}
    </article>
  )
}
