import { month, resetMeter, session, sizeWords, type Bytes } from '../../app/meter.ts'
import { reading } from '../../app/reading.ts'
import { dateInWords, t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { ChoiceRow, Group } from './rows.tsx'
import { saveSettings } from './save.ts'

/** What waits until it is asked for, what moves by itself, and how much all of it was. */
export function DataSaver() {
  const { dataSaver, autoplay } = reading.value
  return (
    <Group
      id="data-caption"
      title={t('settings.dataCaption', 'Data and motion')}
      note={t(
        'settings.meterNote',
        'Counted by this browser, for these pages alone. What is saved is reckoned from the sizes of the pictures.',
      )}
    >
      <ChoiceRow
        id="data-saver"
        label={t('settings.dataSaver', 'Data saver')}
        help={t(
          'settings.dataSaverWhat',
          'Pictures say what they show and how large they are, and load small when you ask for them. Links have none, and nothing plays.',
        )}
        value={dataSaver}
        choices={[
          ['off', t('settings.dataSaverOff', 'Never')],
          ['auto', t('settings.dataSaverAuto', 'When the device saves data')],
          ['on', t('settings.dataSaverOn', 'Always')],
        ]}
        choose={(value) => void saveSettings({ dataSaver: value })}
      />
      <ChoiceRow
        id="autoplay"
        label={t('settings.autoplay', 'Play moving pictures by themselves')}
        help={t('settings.autoplayHelp', 'Never where you want little motion, or save data.')}
        value={autoplay}
        choices={[
          ['never', t('settings.autoplayNever', 'Never')],
          ['wifi', t('settings.autoplayWifi', 'On Wi-Fi')],
          ['always', t('settings.autoplayAlways', 'Always')],
        ]}
        choose={(value) => void saveSettings({ autoplay: value })}
      />
      <Meter />
    </Group>
  )
}

function Meter() {
  const name = dateInWords(`${month.value.month || '2026-01'}-01T00:00:00Z`, { month: 'long', year: 'numeric' })
  return (
    <section id="meter" class="wish data-meter" aria-labelledby="meter-label" tabIndex={-1}>
      <strong id="meter-label">{t('settings.meter', 'What was loaded')}</strong>
      <button class="button button-outline button-small" type="button" onClick={countAnew}>
        {t('settings.meterReset', 'Count anew')}
      </button>
      <dl>
        <Line name={t('settings.meterSession', 'In this tab')} bytes={session.value} />
        <Line name={name} bytes={month.value} />
      </dl>
    </section>
  )
}

function Line({ name, bytes: { loaded, saved } }: { name: string; bytes: Bytes }) {
  const share = loaded + saved > 0 ? Math.round((saved / (loaded + saved)) * 100) : 0
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {t('settings.meterLoaded', '{size} loaded', { size: sizeWords(loaded) })}
        {' · '}
        <span class="meta">
          {saved > 0
            ? t('settings.meterSaved', 'about {size} saved', { size: sizeWords(saved) })
            : t('settings.meterNone', 'nothing saved')}
        </span>
        <span class="data-bar" aria-hidden="true">
          <span style={{ inlineSize: `${100 - share}%` }} />
        </span>
      </dd>
    </div>
  )
}

function countAnew(): void {
  const before = { session: session.peek(), month: month.peek() }
  resetMeter()
  toast(t('settings.meterWasReset', 'The count begins anew.'), {
    label: t('settings.undo', 'Undo'),
    run: () => resetMeter(before),
  })
}
