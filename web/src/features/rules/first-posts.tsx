import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'

const PATH = '/api/hamlet/v1/admin/first_posts'
type Limits = { posts: number; days: number }

/** How long the posts of new accounts wait for a moderator. */
export function FirstPosts() {
  const { value, fault, load } = useLoaded<Limits>(PATH)
  if (fault) return <Fault text={fault} retry={() => void load()} />
  return value ? <Form value={value} /> : <Skeleton rows={1} />
}

const numberOf = (form: HTMLFormElement, name: string) => Number(new FormData(form).get(name) || 0)

function Form({ value }: { value: Limits }) {
  const [isBusy, setBusy] = useState(false)
  const save = async (form: HTMLFormElement) => {
    if (isBusy) return
    setBusy(true)
    try {
      await request('PUT', PATH, { body: { posts: numberOf(form, 'posts'), days: numberOf(form, 'days') } })
      toast(t('rules.firstSaved', 'Saved. It counts from the next post on.'))
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  return (
    <form
      class="rule-first"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <h2>{t('rules.first', 'First posts of new accounts')}</h2>
      <p class="meta">
        {t(
          'rules.firstText',
          'They wait for a moderator until an account has so many posts and is so many days old. Private messages never wait. 0 and 0 is off.',
        )}
      </p>
      <div class="rule-first-fields">
        <Amount name="posts" label={t('rules.firstCount', 'Posts')} value={value.posts} max={100} />
        <Amount name="days" label={t('rules.firstDays', 'Days')} value={value.days} max={365} />
        <button class="button button-outline" type="submit" aria-busy={isBusy}>
          {t('rules.save', 'Save')}
        </button>
      </div>
    </form>
  )
}

function Amount({ name, label, value, max }: { name: string; label: string; value: number; max: number }) {
  return (
    <label class="rule-amount">
      <span class="field-head">{label}</span>
      <span class="input">
        <input name={name} type="number" min={0} max={max} required defaultValue={String(value)} />
      </span>
    </label>
  )
}
