import { catalogues } from 'virtual:messages'
import { ColumnHead } from '../../app/column.tsx'
import { reading } from '../../app/reading.ts'
import { me } from '../../app/session.ts'
import { chosenLanguage, keepLanguage } from '../../app/tongue.ts'
import { SOURCE } from '../../i18n/speak.ts'
import { language, t } from '../../i18n/words.ts'
import { ChoiceRow, Group } from './rows.tsx'
import { saveAccount, saveSettings } from './save.ts'

const TONGUES = 'en de fr es pt it nl nb sv da fi pl cs tr el ru uk ar he fa hi ja ko zh-CN zh-TW'.split(' ')

/** A language in its own words, for whoever cannot read the others. */
const ownName = (tag: string) => new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag

/** What the pages speak, and what posts are written in. */
export function LanguagePage() {
  const names = new Intl.DisplayNames(language(), { type: 'language' })
  const ofPosts = me.value.source.language ?? ''
  const tags = [...new Set([...(ofPosts ? [ofPosts] : []), ...TONGUES])]
  const spoken = [SOURCE, ...Object.keys(catalogues)]
  return (
    <>
      <ColumnHead title={t('settings.language', 'Language')} back />
      <Group id="pages-caption" title={t('settings.device', 'This device')}>
        <ChoiceRow
          id="pages"
          label={t('settings.languageOfPages', 'Language of these pages')}
          help={t('settings.languageOfPagesHelp', 'The page is loaded anew.')}
          value={chosenLanguage() ?? ''}
          choices={[
            ['', t('settings.asBrowser', 'As the browser')],
            ...spoken.map((tag) => [tag, ownName(tag)] as const),
          ]}
          choose={(tag) => {
            keepLanguage(tag || null)
            location.reload()
          }}
        />
      </Group>
      <Group id="written-caption" title={t('settings.postsCaption', 'New posts')}>
        <ChoiceRow
          id="posts"
          label={t('settings.languageOfPosts', 'Language of your posts')}
          help={t('settings.languageOfPostsHelp', 'Readers sort by it, and posts are read aloud in it.')}
          value={ofPosts}
          choices={[
            ['', t('settings.asPages', 'As these pages')],
            ...tags.map((tag) => [tag, names.of(tag) ?? tag] as const),
          ]}
          choose={(tag) => void saveAccount({ source: { language: tag } }, { source: { language: ofPosts } })}
        />
      </Group>
      <ChosenLanguages names={names} />
    </>
  )
}

/** Which languages public timelines show. Nobody who chose nothing misses anything. */
function ChosenLanguages({ names }: { names: Intl.DisplayNames }) {
  const chosen = reading.value.chosenLanguages
  const tags = [...new Set([...chosen, ...TONGUES])]
  const turn = (tag: string, isOn: boolean) =>
    void saveSettings({ chosenLanguages: isOn ? [...chosen, tag] : chosen.filter((one) => one !== tag) })
  return (
    <Group
      id="read-caption"
      title={t('settings.readCaption', 'Public timelines')}
      note={t(
        'settings.readNote',
        'Posts that name no language are always shown. Home and hashtags show every language.',
      )}
    >
      <fieldset id="read" class="wish-list" tabIndex={-1}>
        <legend>
          {chosen.length === 0
            ? t('settings.readAll', 'Every language. Choose some to see only those.')
            : t('settings.readSome', '{n, plural, one {One language} other {# languages}}', { n: chosen.length })}
        </legend>
        {tags.map((tag) => (
          <label class="check" key={tag}>
            <input
              type="checkbox"
              checked={chosen.includes(tag)}
              onChange={(event) => turn(tag, event.currentTarget.checked)}
            />
            <span>{names.of(tag) ?? tag}</span>
          </label>
        ))}
      </fieldset>
    </Group>
  )
}
