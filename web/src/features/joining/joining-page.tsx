import type { JoiningSettings } from '@hamlet/contract/joining'
import { useState } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { ChoiceRow, Group, SwitchRow } from '../settings/rows.tsx'
import { useWishes, type ChangeWish } from '../settings/use-wishes.ts'

const PATH = '/api/web/admin/joining'
type Change = ChangeWish<JoiningSettings>

/** Who may join, and what is asked of them; each change counts at once. */
export function JoiningPage() {
  const { value, fault, load } = useLoaded<JoiningSettings>(PATH)
  return (
    <>
      <ColumnHead title={t('joining.title', 'Joining')} />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={4} />}
      {value && <Wishes start={value} />}
    </>
  )
}

function Wishes({ start }: { start: JoiningSettings }) {
  const [now, change] = useWishes(start, ['PUT', PATH], () => t('joining.saved', 'Saved.'))
  return (
    <div class="settings-page joining-page">
      <Doors now={now} change={change} />
      <Asked now={now} change={change} />
      <Programs now={now} change={change} />
    </div>
  )
}

type Part = { now: JoiningSettings; change: Change }

function Doors({ now, change }: Part) {
  return (
    <Group id="door" title={t('joining.door', 'Who may join')}>
      <ChoiceRow
        id="registrations"
        label={t('joining.registrations', 'Sign-up')}
        help={t('joining.registrationsHelp', 'Invitations let people in however this stands.')}
        value={now.registrations}
        choices={[
          ['open', t('joining.open', 'Open to everybody')],
          ['approval', t('joining.approval', 'A moderator reads every request')],
          ['closed', t('joining.closed', 'Closed')],
        ]}
        choose={(registrations) => void change({ registrations })}
      />
      <TextRow
        name="closed_message"
        label={t('joining.closedMessage', 'What people read while it is closed')}
        save={t('joining.save', 'Save')}
        value={now.closed_message}
        change={change}
      />
    </Group>
  )
}

function Asked({ now, change }: Part) {
  return (
    <Group id="asked" title={t('joining.asked', 'What is asked')}>
      <SwitchRow
        id="require_reason"
        label={t('joining.requireReason', 'Requests must say why')}
        help={t(
          'joining.requireReasonHelp',
          'Otherwise the reason is a wish. It is asked only where a moderator reads.',
        )}
        isOn={now.require_reason === 'on'}
        choose={(isOn) => void change({ require_reason: isOn ? 'on' : 'off' })}
      />
      <AgeRow value={now.min_age} change={change} />
    </Group>
  )
}

function Programs({ now, change }: Part) {
  return (
    <Group
      id="programs"
      title={t('joining.programs', 'Against programs')}
      note={t(
        'joining.programsNote',
        'Hidden fields, the time that a form takes, and limits by address are always on. When more come than a server grows by, all wait for a moderator.',
      )}
    >
      <ChoiceRow
        id="proof_of_work"
        label={t('joining.work', 'Browsers work for their place')}
        help={t(
          'joining.workHelp',
          'A sum that takes half a second, out of sight. Whoever cannot do it, or comes by an app, waits for a moderator.',
        )}
        value={now.proof_of_work}
        choices={[
          ['off', t('joining.workOff', 'Never')],
          ['busy', t('joining.workBusy', 'When many come')],
          ['always', t('joining.workAlways', 'Always')],
        ]}
        choose={(proof_of_work) => void change({ proof_of_work })}
      />
      <ChoiceRow
        id="disposable_mail"
        label={t('joining.disposable', 'Addresses for ten minutes')}
        help={t('joining.disposableHelp', 'Providers that give anybody an address that is soon gone.')}
        value={now.disposable_mail}
        choices={[
          ['refuse', t('joining.disposableRefuse', 'Refuse')],
          ['approval', t('joining.disposableAsk', 'Ask a moderator')],
          ['allow', t('joining.disposableAllow', 'Take')],
        ]}
        choose={(disposable_mail) => void change({ disposable_mail })}
      />
    </Group>
  )
}

type TextProps = { name: 'closed_message'; label: string; save: string; value: string; change: Change }

function TextRow({ name, label, save, value, change }: TextProps) {
  const [text, setText] = useState(value)
  const [isSaving, setSaving] = useState(false)
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSaving) return
        setSaving(true)
        void change({ [name]: text }).then(() => setSaving(false))
      }}
    >
      <div class="field">
        <div class="field-head">
          <label for={name}>{label}</label>
        </div>
        <textarea
          id={name}
          rows={3}
          maxLength={1000}
          dir="auto"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <button class="button button-outline" type="submit" aria-busy={isSaving}>
        {save}
      </button>
    </form>
  )
}

/** Years are typed, and count when the field is left. */
function AgeRow({ value, change }: { value: number; change: Change }) {
  return (
    <div class="wish">
      <span>
        <label for="min_age">{t('joining.minAge', 'Youngest age')}</label>
        <small id="min_age-help">
          {t('joining.minAgeHelp', 'In years; 0 asks nobody. The date of birth is looked at and forgotten.')}
        </small>
      </span>
      <span class="input joining-number">
        <input
          id="min_age"
          type="number"
          min={0}
          max={120}
          step={1}
          value={value}
          aria-describedby="min_age-help"
          onChange={(event) => {
            const field = event.currentTarget
            const years = Math.min(120, Math.max(0, Math.round(field.valueAsNumber || 0)))
            if (years === value) field.value = String(value)
            else void change({ min_age: years }).then((isSaved) => !isSaved && (field.value = String(value)))
          }}
        />
      </span>
    </div>
  )
}
