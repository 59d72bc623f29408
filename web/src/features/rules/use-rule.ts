import type { ContentRule } from '@hamlet/contract/content-rule'
import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

const RULES = '/api/hamlet/v1/admin/rules'

const wordingOf = (rule: ContentRule | undefined): RuleWording => ({
  title: rule?.title ?? '',
  match: rule?.match ?? 'all',
  conditions: rule?.conditions ?? [{ kind: 'links', domains: [] }],
  effects: rule?.effects ?? [{ kind: 'hold' }],
  public_text: rule?.public_text ?? '',
  expires_at: rule?.expires_at ?? null,
})

/** A rule as it is kept, as it is being written, and what is done with it: one thing at a time. */
export function useRule(rule: ContentRule | undefined) {
  const [saved, setSaved] = useState(rule)
  const [draft, setDraft] = useState(() => wordingOf(rule))
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const act = async (work: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    try {
      await work()
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  const save = async (): Promise<ContentRule> => {
    const after = saved
      ? await request<ContentRule>('PUT', `${RULES}/${saved.id}`, { body: draft })
      : await request<ContentRule>('POST', RULES, { body: draft })
    setSaved(after)
    if (!saved) history.replaceState(history.state, '', `/moderation/rules/${after.id}`)
    return after
  }
  const keep = async () => {
    await save()
    toast(t('rules.saved', 'Saved.'))
  }
  const enable = async () => {
    const { id } = await save()
    setSaved(await request<ContentRule>('POST', `${RULES}/${id}/enable`, { body: {} }))
    toast(t('rules.isOn', 'The rule is on. It counts from the next post on.'))
  }
  const disable = async () => {
    if (saved) setSaved(await request<ContentRule>('POST', `${RULES}/${saved.id}/disable`, { body: {} }))
    toast(t('rules.isOff', 'The rule is off. What it did stays done.'))
  }
  const remove = async () => {
    if (saved) await request('DELETE', `${RULES}/${saved.id}`)
    navigate('/moderation/rules', { replace: true })
  }
  const acts = {
    keep: () => void act(keep),
    turn: () => void act(saved?.enabled ? disable : enable),
    remove: () => void act(remove),
  }
  return { saved, draft, setDraft, isBusy, fault, ...acts }
}
