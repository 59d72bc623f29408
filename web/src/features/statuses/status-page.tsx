import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { AboutCard } from '../instance/shell.tsx'
import { nameOf, RootPost, ThreadPost } from './post.tsx'

type Model = Extract<PageModel, { kind: 'status' }>

export function StatusPage({ model }: { model: Model }) {
  const { status, ancestors, descendants, site } = model
  const depths = depthsBelow(status, descendants)
  const embed = { href: `/@${status.account.acct}/${status.id}/embed`, words: t('public.embed', 'Embed') }
  return (
    <div class="columns">
      <main class="h-feed">
        <h1 class="visually-hidden">{t('public.postBy', 'Post by {name}', { name: nameOf(status) })}</h1>
        <div class="sheet">
          {ancestors.length > 0 && (
            <div class="ancestors">
              {ancestors.map((one) => (
                <ThreadPost key={one.id} status={one} depth={0} />
              ))}
            </div>
          )}
          <RootPost status={status} domain={site.domain} />
          {descendants.length > 0 && (
            <>
              <h2 class="replies-title">
                {t('public.replies', '{n, plural, one {# reply} other {# replies}}', { n: descendants.length })}
              </h2>
              {descendants.map((one) => (
                <ThreadPost key={one.id} status={one} depth={depths.get(one.id) ?? 0} />
              ))}
            </>
          )}
        </div>
      </main>
      <aside aria-label={t('public.aboutServer', 'About this server')}>
        <AboutCard
          site={site}
          links={status.visibility === 'public' || status.visibility === 'unlisted' ? [embed] : []}
        />
      </aside>
    </div>
  )
}

/** How far below the root each reply stands; direct replies are 0. */
function depthsBelow(root: Status, descendants: Status[]): Map<string, number> {
  const depths = new Map<string, number>([[root.id, -1]])
  for (const one of descendants) depths.set(one.id, (depths.get(one.in_reply_to_id ?? '') ?? -1) + 1)
  return depths
}
