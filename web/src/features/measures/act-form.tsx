import type { MeasureEffect } from '@hamlet/contract/measure'
import type { TeamAccount, WarningPreset } from '@hamlet/contract/team'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { may } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { toast } from '../../ui/toast.tsx'
import { Pick } from './pick.tsx'
import { deedName, deedTypes, effectText, ends } from './words.ts'

type Wish = { decision: string; text: string; end: string; isTold: boolean }

/** What can be done about somebody, for how long, in which words; and what it will do, before it is done. */
export function ActForm({ known, done }: { known: TeamAccount; done: () => void }) {
  const { id, account, domain } = known.admin
  const isLocal = domain === null
  const [wish, setWish] = useState<Wish>({ decision: known.decisions[0] ?? '', text: '', end: '0', isTold: isLocal })
  const effect = useEffectOf(id, wish)
  const { fault, isBusy, send } = useSending(id, wish, () => {
    setWish({ ...wish, text: '' })
    done()
  })
  return (
    <form
      class="case-decide"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2>{t('measures.act', 'Act')}</h2>
      <Deeds decisions={known.decisions} wish={wish} change={setWish} />
      <Words text={wish.text} name={nameOf(account)} change={(text) => setWish({ ...wish, text })} />
      {isLocal && (
        <label class="check">
          <input
            type="checkbox"
            checked={wish.isTold}
            onChange={(event) => setWish({ ...wish, isTold: event.currentTarget.checked })}
          />
          <span>{t('measures.tell', 'Tell them by mail')}</span>
        </label>
      )}
      <p class="case-effect" aria-live="polite">
        <strong>{t('measures.willHappen', 'What will happen')}</strong>
        {effect ? effectText(effect, nameOf(account)) : t('measures.counting', 'Counting …')}
      </p>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button
        class={wish.decision === 'suspend' ? 'button button-danger' : 'button button-primary'}
        type="submit"
        aria-busy={isBusy}
      >
        {deedName(wish.decision)}
      </button>
    </form>
  )
}

function useSending(id: string, wish: Wish, done: () => void) {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async () => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    const lasts = wish.decision !== 'warn' && wish.end !== '0'
    const body = {
      type: deedTypes[wish.decision],
      text: wish.text,
      send_email_notification: wish.isTold,
      ...(lasts ? { ends_in: Number(wish.end) } : {}),
    }
    try {
      await request('POST', `/api/v1/admin/accounts/${id}/action`, { body })
      toast(t('measures.done', 'Done. It can be taken back for 30 days.'))
      done()
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  return { fault, isBusy, send }
}

type DeedsProps = { decisions: readonly string[]; wish: Wish; change: (wish: Wish) => void }

function Deeds({ decisions, wish, change }: DeedsProps) {
  return (
    <>
      <fieldset class="decisions">
        <legend class="visually-hidden">{t('measures.whatToDo', 'What to do')}</legend>
        {decisions.map((one) => (
          <label key={one} class="decision">
            <input
              type="radio"
              name="decision"
              checked={wish.decision === one}
              onChange={() => change({ ...wish, decision: one })}
            />
            {deedName(one)}
          </label>
        ))}
      </fieldset>
      {wish.decision !== 'warn' && (
        <Pick
          label={t('measures.howLong', 'For how long')}
          options={ends()}
          value={wish.end}
          choose={(end) => change({ ...wish, end })}
        />
      )}
    </>
  )
}

/** What the server counts that a decision would do; asked anew when another is chosen. */
function useEffectOf(id: string, { decision, isTold }: Wish): MeasureEffect | undefined {
  const [effect, setEffect] = useState<MeasureEffect>()
  useEffect(() => {
    let isCurrent = true
    setEffect(undefined)
    const body = { decision, send_email_notification: isTold }
    request<MeasureEffect>('POST', `/api/web/moderation/accounts/${id}/preview`, { body }).then(
      (found) => isCurrent && setEffect(found),
      (error: unknown) => toast(explain(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [id, decision, isTold])
  return effect?.decision === decision ? effect : undefined
}

function Words({ text, name, change }: { text: string; name: string; change: (text: string) => void }) {
  const [presets, setPresets] = useState<WarningPreset[]>([])
  useEffect(() => {
    if (may('manage_reports'))
      request<WarningPreset[]>('GET', '/api/web/admin/warning_presets').then(setPresets, () => {})
  }, [])
  const options: [string, string][] = [['', t('measures.noPreset', 'Choose words')]]
  for (const preset of presets) options.push([preset.id, preset.title || preset.text.slice(0, 40)])
  const use = (id: string) => {
    const preset = presets.find((one) => one.id === id)
    if (preset) change(text.trim() === '' ? preset.text : `${text.trim()}\n\n${preset.text}`)
  }
  return (
    <>
      <label class="field">
        <span class="field-head">{t('measures.messageTo', 'Message to {name}', { name })}</span>
        <textarea
          rows={4}
          dir="auto"
          maxLength={2000}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      {presets.length > 0 && (
        <Pick label={t('measures.presets', 'Words of the team')} options={options} value="" choose={use} />
      )}
    </>
  )
}
