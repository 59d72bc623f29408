import { useEffect } from 'preact/hooks'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Menu } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { homeTabs, lists, loadLists } from './lists-state.ts'

/** Home and the lists beside it (picture 01); what does not fit, and where lists are kept, is in the menu at the end. */
export function HomeTabs({ current }: { current: string }) {
  useEffect(() => {
    // Without lists home is whole; the next visit asks again.
    if (!lists.peek()) void loadLists().catch(() => {})
  }, [])
  const { shown, more } = homeTabs.value
  return (
    <div class="feed-tabs-row">
      <nav class="feed-tabs" aria-label={t('lists.feeds', 'Home and lists')}>
        <a href="/home" aria-current={current === 'home' ? 'page' : undefined}>
          {t('lists.following', 'Following')}
        </a>
        {shown.map((tab) => (
          <a key={tab.id} href={tab.href} aria-current={tab.id === current ? 'page' : undefined}>
            <bdi>{tab.title}</bdi>
          </a>
        ))}
      </nav>
      <Menu
        label={t('lists.moreFeeds', 'Lists and hashtags')}
        items={() => [
          ...more.map((tab) => ({
            label: tab.title,
            icon: 'list' as const,
            isChosen: tab.id === current,
            run: () => navigate(tab.href),
          })),
          { label: t('lists.yours', 'Your lists'), icon: 'list', run: () => navigate('/lists') },
          { label: t('lists.followedTags', 'Followed hashtags'), icon: 'tag', run: () => navigate('/followed-tags') },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </div>
  )
}
