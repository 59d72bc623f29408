import type { TeamWays, WarningPreset } from '@hamlet/contract/team'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { Group, SwitchRow } from '../settings/rows.tsx'

const WAYS = '/api/web/admin/ways'
const PRESETS = '/api/web/admin/warning_presets'

/** How the team works together, and the words that it uses again. */
export function WaysPage() {
  const ways = useLoaded<TeamWays>(WAYS)
  const presets = useLoaded<WarningPreset[]>(PRESETS)
  const fault = ways.fault || presets.fault
  return (
    <>
      <ColumnHead title={t('ways.title', 'How we decide')} />
      {fault && <Fault text={fault} retry={() => void Promise.all([ways.load(), presets.load()])} />}
      {(!ways.value || !presets.value) && !fault && <Skeleton rows={4} />}
      {ways.value && presets.value && (
        <div class="settings-page joining-page">
          <Switches start={ways.value} />
          <Presets presets={presets.value} load={() => void presets.load()} />
        </div>
      )}
    </>
  )
}

function Switches({ start }: { start: TeamWays }) {
  const [now, setNow] = useState(start)
  const change = async (wish: Partial<TeamWays>) => {
    const before = now
    setNow({ ...now, ...wish })
    try {
      setNow(await request<TeamWays>('PATCH', WAYS, { body: wish }))
    } catch (error) {
      setNow(before)
      toast(explain(error))
    }
  }
  return (
    <Group id="together" title={t('ways.together', 'Together')}>
      <SwitchRow
        id="suspend-by-two"
        label={t('ways.byTwo', 'Two moderators for a suspension')}
        help={t('ways.byTwoHelp', 'One proposes, another confirms within seven days. Nothing happens before.')}
        isOn={now.suspend_by_two}
        choose={(suspend_by_two) => void change({ suspend_by_two })}
      />
      <SwitchRow
        id="public-log"
        label={t('ways.publicLog', 'A public page about moderation')}
        help={t('ways.publicLogHelp', 'What was decided and why, counted by month. It names nobody.')}
        isOn={now.public_log}
        choose={(public_log) => void change({ public_log })}
      />
    </Group>
  )
}

function Presets({ presets, load }: { presets: readonly WarningPreset[]; load: () => void }) {
  const [open, setOpen] = useState<string>()
  const done = () => {
    setOpen(undefined)
    load()
  }
  const remove = async (preset: WarningPreset) => {
    try {
      await request('DELETE', `${PRESETS}/${preset.id}`)
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <Group
      id="presets"
      title={t('ways.presets', 'Words of the team')}
      note={t('ways.presetsNote', 'Moderators choose them when they write to somebody, and can change them there.')}
    >
      {presets.map((preset) =>
        open === preset.id ? (
          <PresetForm key={preset.id} preset={preset} done={done} />
        ) : (
          <div class="wish" key={preset.id}>
            <span>
              <strong dir="auto">{preset.title || preset.text.slice(0, 40)}</strong>
              <small dir="auto">{preset.text}</small>
            </span>
            <span class="role-acts">
              <button class="button button-outline button-small" type="button" onClick={() => setOpen(preset.id)}>
                {t('ways.change', 'Change')}
              </button>
              <button class="button button-outline button-small" type="button" onClick={() => void remove(preset)}>
                {t('ways.remove', 'Remove')}
              </button>
            </span>
          </div>
        ),
      )}
      {open === undefined ? (
        <div class="wish">
          <span class="meta">{presets.length === 0 && t('ways.noPresets', 'None yet.')}</span>
          <button class="button button-outline button-small" type="button" onClick={() => setOpen('new')}>
            {t('ways.add', 'Add')}
          </button>
        </div>
      ) : (
        open === 'new' && <PresetForm preset={undefined} done={done} />
      )}
    </Group>
  )
}

function PresetForm({ preset, done }: { preset: WarningPreset | undefined; done: () => void }) {
  const [wish, setWish] = useState({ title: preset?.title ?? '', text: preset?.text ?? '' })
  const [fault, setFault] = useState('')
  const send = async () => {
    try {
      await (preset
        ? request('PUT', `${PRESETS}/${preset.id}`, { body: wish })
        : request('POST', PRESETS, { body: wish }))
      done()
    } catch (error) {
      setFault(explain(error))
    }
  }
  return (
    <form
      class="role-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label class="field">
        <span class="field-head">{t('ways.presetTitle', 'Title, for the team')}</span>
        <span class="input">
          <input
            maxLength={100}
            value={wish.title}
            onInput={(event) => setWish({ ...wish, title: event.currentTarget.value })}
          />
        </span>
      </label>
      <label class="field">
        <span class="field-head">{t('ways.presetText', 'Words')}</span>
        <textarea
          rows={4}
          dir="auto"
          required
          maxLength={2000}
          value={wish.text}
          onInput={(event) => setWish({ ...wish, text: event.currentTarget.value })}
        />
      </label>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="role-acts">
        <button class="button button-primary" type="submit">
          {t('ways.save', 'Save')}
        </button>
        <button class="button button-outline" type="button" onClick={done}>
          {t('ways.cancel', 'Cancel')}
        </button>
      </p>
    </form>
  )
}
