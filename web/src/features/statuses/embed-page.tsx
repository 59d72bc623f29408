import type { PageModel } from '@hamlet/contract/pages'
import { Name } from '../../ui/name.tsx'
import { Avatar, Time } from '../../ui/parts.tsx'
import { Body } from './post.tsx'

type Model = Extract<PageModel, { kind: 'embed' }>

/** One post in a frame on another site. It loads no script, and nothing in it acts. */
export function EmbedPage({ model }: { model: Model }) {
  const { status, site } = model
  return (
    <main class="embed">
      <article class="sheet entry h-entry">
        <div class="post-head p-author h-card">
          <Avatar src={status.account.avatar} size={44} />
          <a class="u-url" href={status.account.url} target="_blank" rel="noopener">
            <span class="person-name p-name">
              <Name account={status.account} />
            </span>
            <span class="person-handle">
              @{status.account.username}@{site.domain}
            </span>
          </a>
        </div>
        <Body status={status} />
        <a class="meta u-url" href={status.url ?? status.uri} target="_blank" rel="noopener">
          <Time at={status.created_at} />
        </a>
      </article>
    </main>
  )
}
