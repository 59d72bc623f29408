import type { NotificationPolicy, PolicyAnswer } from '@hamlet/contract/notification'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { listClasses, type ClassName, type SenderClass } from './classes.ts'

const PATH = '/api/v2/notifications/policy'

/** Six sorts of senders, and what happens to what they do. */
export function PolicySection() {
  const [policy, setPolicy] = useState<NotificationPolicy>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<NotificationPolicy>('GET', PATH).then(setPolicy, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const change = async (name: ClassName, answer: PolicyAnswer) => {
    if (!policy) return
    const before = policy[name]
    setPolicy({ ...policy, [name]: answer })
    try {
      setPolicy(await request<NotificationPolicy>('PATCH', PATH, { body: { [name]: answer } }))
      toast(t('notify.saved', 'Saved.'), {
        label: t('notify.undo', 'Undo'),
        run: () => void change(name, before),
      })
    } catch (error) {
      setPolicy({ ...policy, [name]: before })
      toast(explain(error))
    }
  }
  return (
    <section class="wishes" aria-labelledby="who-reaches-you">
      <h2 id="who-reaches-you">{t('notify.whoReaches', 'Who reaches you')}</h2>
      <div class="sheet">
        {fault && <Fault text={fault} retry={load} />}
        {!policy && !fault && <Skeleton rows={3} />}
        {policy &&
          listClasses().map((one) => (
            <ClassRow
              key={one.name}
              sender={one}
              answer={policy[one.name]}
              choose={(to) => void change(one.name, to)}
            />
          ))}
      </div>
      {policy && (
        <p class="meta">
          {t('notify.policyNote', 'Filtered mentions wait in your requests. People you let in there always reach you.')}{' '}
          <a href="/notifications/requests">{t('notify.seeRequests', 'See your requests')}</a>
        </p>
      )}
    </section>
  )
}

type ClassProps = { sender: SenderClass; answer: PolicyAnswer; choose: (answer: PolicyAnswer) => void }

function ClassRow({ sender, answer, choose }: ClassProps) {
  const { name, label, help } = sender
  return (
    <div class="wish">
      <span>
        <label for={name}>{label}</label>
        <small id={`${name}-help`}>{help}</small>
      </span>
      <span class="select">
        <select
          id={name}
          value={answer}
          aria-describedby={`${name}-help`}
          onChange={(event) => choose(event.currentTarget.value as PolicyAnswer)}
        >
          <option value="accept">{t('notify.acceptThem', 'Let in')}</option>
          <option value="filter">{t('notify.filterThem', 'Filter')}</option>
          <option value="drop">{t('notify.ignoreThem', 'Ignore')}</option>
        </select>
        <Icon name="down" />
      </span>
    </div>
  )
}
