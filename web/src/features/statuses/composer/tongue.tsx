import { language, t } from '../../../i18n/words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { changeWriting, type Writing } from './model.ts'

const TONGUES = 'en de fr es pt it nl nb sv da fi pl cs tr el ru uk ar he fa hi ja ko zh-CN zh-TW'.split(' ')

/** The language that a post is written in: readers sort by it, and it is read aloud in it. */
export function Tongue({ now }: { now: Writing }) {
  const names = new Intl.DisplayNames(language(), { type: 'language' })
  const all = [...new Set([now.language, ...navigator.languages.map((tag) => tag.split('-')[0] ?? tag), ...TONGUES])]
  const chosen = names.of(now.language) ?? now.language
  return (
    <Menu
      label={t('composer.languageOf', '{chosen}: language of the post', { chosen })}
      class="chip"
      align="start"
      items={all.map((tag) => ({
        label: names.of(tag) ?? tag,
        isChosen: tag === now.language,
        run: () => changeWriting({ language: tag }),
      }))}
    >
      {chosen}
      <Icon name="down" small />
    </Menu>
  )
}
