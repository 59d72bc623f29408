import { ColumnHead } from '../../app/column.tsx'
import { look, TEXT_SIZES } from '../../app/look.ts'
import { me } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Avatar } from '../../ui/parts.tsx'
import { Name } from '../../ui/name.tsx'
import { ChoiceRow, Group, SwatchRow, SwitchRow } from './rows.tsx'
import { saveSettings } from './save.ts'

/** How the pages look; what is chosen is seen at once, on the page itself and on a post of one's own. */
export function LookPage() {
  return (
    <>
      <ColumnHead title={t('settings.look', 'Look')} back />
      <p class="meta settings-note">{t('settings.follows', 'Follows you to every device you sign in on.')}</p>
      <Preview />
      <Colours />
      <Ease />
    </>
  )
}

/** A post of one's own, as it looks now. */
export function Preview() {
  return (
    <section class="sheet look-preview" aria-label={t('settings.preview', 'How a post looks')}>
      <Avatar src={me.value.avatar} size={44} />
      <div>
        <p>
          <strong>
            <Name account={me.value} />
          </strong>{' '}
          <span class="meta" dir="ltr">
            @{me.value.acct}
          </span>
        </p>
        <p>
          {t('settings.previewText', 'The ferry is late, and nobody minds.')}{' '}
          <span class="look-link">{t('settings.previewTag', '#harbour')}</span>
        </p>
      </div>
    </section>
  )
}

/** Theme, contrast and colour. */
export function Colours() {
  const { theme, contrast, accent } = look.value
  return (
    <Group id="colours-caption" title={t('settings.colours', 'Colours')}>
      <ChoiceRow
        id="theme"
        label={t('settings.theme', 'Theme')}
        value={theme}
        choices={[
          ['auto', t('settings.themeAuto', 'As the device')],
          ['light', t('settings.themeLight', 'Light')],
          ['dark', t('settings.themeDark', 'Dark')],
          ['black', t('settings.themeBlack', 'Black')],
        ]}
        choose={(value) => void saveSettings({ theme: value })}
      />
      <ChoiceRow
        id="contrast"
        label={t('settings.contrast', 'Contrast')}
        value={contrast}
        choices={[
          ['auto', t('settings.contrastAuto', 'As the device')],
          ['normal', t('settings.contrastNormal', 'Normal')],
          ['high', t('settings.contrastHigh', 'High')],
        ]}
        choose={(value) => void saveSettings({ contrast: value })}
      />
      <SwatchRow
        id="accent"
        label={t('settings.accent', 'Colour')}
        help={t('settings.accentHelp', 'Of links, buttons and what is chosen.')}
        value={accent}
        choices={[
          ['sea', t('settings.sea', 'Sea')],
          ['lagoon', t('settings.lagoon', 'Lagoon')],
          ['pine', t('settings.pine', 'Pine')],
          ['moss', t('settings.moss', 'Moss')],
          ['amber', t('settings.amber', 'Amber')],
          ['brick', t('settings.brick', 'Brick')],
          ['rose', t('settings.rose', 'Rose')],
          ['iris', t('settings.iris', 'Iris')],
        ]}
        choose={(value) => void saveSettings({ accent: value })}
      />
    </Group>
  )
}

function Ease() {
  const { textSize, motion, density, font, underlines } = look.value
  return (
    <Group id="ease-caption" title={t('settings.ease', 'Text and motion')}>
      <ChoiceRow
        id="text-size"
        label={t('settings.textSize', 'Size of text')}
        value={String(textSize)}
        choices={TEXT_SIZES.map((size) => [String(size), amount(size / 100, { style: 'percent' })] as const)}
        choose={(value) => void saveSettings({ textSize: Number(value) })}
      />
      <ChoiceRow
        id="font"
        label={t('settings.font', 'Letters')}
        help={t(
          'settings.fontHelp',
          'Easy to read: wide letters that are hard to mistake for each other, with more room.',
        )}
        value={font}
        choices={[
          ['system', t('settings.fontSystem', 'As the device')],
          ['readable', t('settings.fontReadable', 'Easy to read')],
        ]}
        choose={(value) => void saveSettings({ font: value })}
      />
      <ChoiceRow
        id="density"
        label={t('settings.density', 'Room around posts')}
        value={density}
        choices={[
          ['comfortable', t('settings.comfortable', 'Comfortable')],
          ['compact', t('settings.compact', 'Compact')],
        ]}
        choose={(value) => void saveSettings({ density: value })}
      />
      <SwitchRow
        id="underlines"
        label={t('settings.underlines', 'Underline all links')}
        help={t('settings.underlinesHelp', 'Links within words are underlined in any case.')}
        isOn={underlines}
        choose={(isOn) => void saveSettings({ underlines: isOn })}
      />
      <ChoiceRow
        id="motion"
        label={t('settings.motion', 'Motion')}
        value={motion}
        choices={[
          ['auto', t('settings.motionAuto', 'As the device')],
          ['less', t('settings.motionLess', 'As little as possible')],
        ]}
        choose={(value) => void saveSettings({ motion: value })}
      />
    </Group>
  )
}
