import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { statusOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { Choices, type ChoiceGroup } from '../../ui/choices.tsx'
import { comboboxProps } from '../../ui/combobox.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/parts.tsx'
import { lists, loadLists } from '../lists/lists-state.ts'
import { useFitting } from '../search/ask.ts'
import { foundGroups, placeGroup, postGroup, searchGroup, settingGroup } from './groups.tsx'
import { closeAbove } from './palette-state.ts'

const LIST = 'palette-choices'

/** Everything by its words, with the keyboard alone (picture 23, web-spec I-18). Opened by Ctrl K. */
export function Palette({ statusId }: { statusId: string | undefined }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const typed = text.trim()
  const fitting = useFitting(typed)
  const status = statusId === undefined ? null : statusOf(statusId).value
  useLayoutEffect(() => field.current?.focus(), [])
  useEffect(() => {
    // Without them the palette has everything else.
    if (!lists.peek()) loadLists().catch(() => {})
  }, [])
  const groups: ChoiceGroup[] = [
    ...(status ? [postGroup(status.reblog ?? status, typed, closeAbove)] : []),
    placeGroup(typed, closeAbove),
    ...(typed === ''
      ? []
      : [settingGroup(typed, closeAbove), ...foundGroups(fitting, typed, closeAbove), searchGroup(typed, closeAbove)]),
  ]
  const shown = groups.filter((group) => group.choices.length > 0)
  const label = t('palette.title', 'Find anything and do it')
  return (
    <Dialog label={label} class="palette" onClose={closeAbove}>
      <div class="palette-field">
        <Icon name="search" />
        <input
          ref={field}
          {...comboboxProps(LIST)}
          aria-label={label}
          placeholder={t('palette.placeholder', 'A screen, a setting, a person, an act')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="palette-close" type="button" aria-label={t('palette.close', 'Esc, close')} onClick={closeAbove}>
          <kbd>Esc</kbd>
        </button>
      </div>
      <Choices
        id={LIST}
        class="palette-options"
        label={label}
        field={field}
        groups={shown}
        takesFirst
        close={(key) => key === 'Escape' && closeAbove()}
      />
      <p class="palette-help meta" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.choose', 'choose')} <kbd>↵</kbd> {t('palette.do', 'do it')}
      </p>
    </Dialog>
  )
}
