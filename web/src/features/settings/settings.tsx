import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { InvitesPage } from '../joining/invites-page.tsx'
import { NotificationSettingsPage } from '../notifications/settings.tsx'
import { MovingPage } from '../moves/moving-page.tsx'
import { AccountPage } from './account-page.tsx'
import { ClearingPage } from './clearing-page.tsx'
import { DataPage } from './data-page.tsx'
import { DeletionPage } from './deletion-page.tsx'
import { LanguagePage } from './language-page.tsx'
import { LookPage } from './look-page.tsx'
import { PrivacyPage } from './privacy-page.tsx'
import { ReadingPage } from './reading-page.tsx'
import { SecurityPage } from './security/security-page.tsx'
import { findSettings, pages } from './tree.ts'

const drawn: Record<string, ComponentType> = {
  '/settings/account': AccountPage,
  '/settings/security': SecurityPage,
  '/settings/privacy': PrivacyPage,
  '/settings/reading': ReadingPage,
  '/settings/notifications': NotificationSettingsPage,
  '/settings/look': LookPage,
  '/settings/language': LanguagePage,
  '/settings/invites': InvitesPage,
  '/settings/data': DataPage,
  '/settings/moving': MovingPage,
  '/settings/clearing': ClearingPage,
  '/settings/deletion': DeletionPage,
}

/** The tree beside one of its pages; on a phone one after the other (picture 15). */
export function Settings({ path }: { path: string }) {
  const Page = drawn[path]
  useGoToSetting()
  return (
    <div class={Page ? 'settings settings-open' : 'settings'}>
      <Tree path={path} />
      <div class="settings-page">
        {Page ? (
          <Page key={path} />
        ) : (
          <div class="sheet column-sheet">
            <Empty icon="settings" title={t('settings.choose', 'What do you want to change?')}>
              {t('settings.chooseText', 'Choose a page, or type what you look for.')}
            </Empty>
          </div>
        )}
      </div>
    </div>
  )
}

/** What the address names behind the hash is brought into view and takes the focus. */
function useGoToSetting(): void {
  const { key } = place.value
  useEffect(() => {
    const row = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null
    if (!row) return
    row.scrollIntoView({ block: 'center' })
    row.focus({ preventScroll: true })
  }, [key])
}

function Tree({ path }: { path: string }) {
  const [text, setText] = useState('')
  const isSearch = text.trim() !== ''
  return (
    <div class="settings-tree">
      {path === '/settings' ? (
        <ColumnHead title={t('settings.title', 'Settings')} />
      ) : (
        <p class="settings-title">
          <a href="/settings">{t('settings.title', 'Settings')}</a>
        </p>
      )}
      <search>
        <label class="search-field">
          <Icon name="search" />
          <input
            type="search"
            value={text}
            placeholder={t('settings.find', 'Find a setting')}
            aria-label={t('settings.find', 'Find a setting')}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setText('')}
          />
        </label>
      </search>
      <nav aria-label={t('settings.title', 'Settings')}>
        {isSearch ? <FoundRows text={text} chosen={() => setText('')} /> : <PageRows path={path} />}
      </nav>
    </div>
  )
}

function PageRows({ path }: { path: string }) {
  return (
    <>
      {pages().map((page) => (
        <a key={page.path} class="rail-row" href={page.path} aria-current={page.path === path ? 'page' : undefined}>
          <Icon name={page.icon} />
          <span>{page.title}</span>
        </a>
      ))}
    </>
  )
}

function FoundRows({ text, chosen }: { text: string; chosen: () => void }) {
  const found = findSettings(text)
  return (
    <>
      <output class="visually-hidden">
        {t('settings.found', '{n, plural, =0 {Nothing is} one {# setting} other {# settings}} found', {
          n: found.length,
        })}
      </output>
      {found.length === 0 && (
        <p class="meta settings-none">{t('settings.nothing', 'No setting has these words. Try fewer of them.')}</p>
      )}
      {found.map((one) => (
        <a key={one.href} class="rail-row" href={one.href} onClick={chosen}>
          <Icon name={one.icon} />
          <span>
            {one.title}
            {one.page && <small>{one.page}</small>}
          </span>
        </a>
      ))}
    </>
  )
}
