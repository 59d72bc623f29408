import type { CredentialAccount } from '@hamlet/contract/account'
import type { Suggestion } from '@hamlet/contract/discovery'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { ColumnHead } from '../../app/column.tsx'
import { navigate, place } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { loadRelationships } from '../profiles/acts.ts'
import { PersonRow } from '../profiles/person-row.tsx'
import { Colours, Preview } from './look-page.tsx'
import { endWelcome } from './welcome-done.ts'

const STEPS = 3

/** Three short steps for whoever is new: who one is, whom one reads, how it looks. Each may be passed over. */
export function WelcomePage() {
  const step = Math.min(Math.max(Number(place.value.query.get('step') ?? 1) || 1, 1), STEPS)
  const go = (to: number) => (to > STEPS ? leave() : navigate(`/welcome?step=${to}`))
  const next = () => go(step + 1)
  return (
    <>
      <ColumnHead title={t('welcome.title', 'Welcome to {server}', { server: server.value.title })} back={step > 1} />
      <p class="meta settings-note">{t('welcome.step', 'Step {step} of {steps}', { step, steps: STEPS })}</p>
      {step === 1 && <Self next={next} />}
      {step === 2 && <Others />}
      {step === 3 && (
        <>
          <Preview />
          <Colours />
        </>
      )}
      <p class="welcome-acts">
        <button class="link-button" type="button" onClick={leave}>
          {t('welcome.skipAll', 'Leave out the rest')}
        </button>
        {step > 1 && (
          <button class="button button-primary" type="button" onClick={next}>
            {step === STEPS ? t('welcome.done', 'Done') : t('welcome.next', 'Next')}
          </button>
        )}
      </p>
    </>
  )
}

function leave(): void {
  void endWelcome()
  navigate('/home')
}

function Self({ next }: { next: () => void }) {
  const [fault, setFault] = useState('')
  const save = async (form: HTMLFormElement) => {
    const data = new FormData(form)
    const file = data.get('avatar')
    if (file instanceof File && file.size === 0) data.delete('avatar')
    try {
      const saved = await request<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', { form: data })
      keepAccount(saved)
      me.value = saved
      next()
    } catch (error) {
      setFault(explain(error))
    }
  }
  const { avatar, display_name, source } = me.value
  return (
    <form
      class="sheet settings-form welcome-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <h2>{t('welcome.self', 'Who are you?')}</h2>
      <label class="field">
        <span class="field-head">{t('welcome.name', 'Name')}</span>
        <span class="input">
          <input name="display_name" maxLength={40} dir="auto" autocomplete="name" defaultValue={display_name} />
        </span>
      </label>
      <label class="field">
        <span class="field-head">{t('welcome.about', 'A few words about you')}</span>
        <textarea name="note" rows={3} maxLength={500} dir="auto" defaultValue={source.note} />
      </label>
      <div class="field welcome-picture">
        <Avatar src={avatar} size={64} />
        <label>
          <span class="field-head">{t('welcome.picture', 'Picture')}</span>
          <input type="file" name="avatar" accept="image/*" />
        </label>
      </div>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-primary" type="submit">
        {t('welcome.saveNext', 'Save and go on')}
      </button>
    </form>
  )
}

function Others() {
  const [found, setFound] = useState<Suggestion[]>()
  const [fault, setFault] = useState('')
  const fetchThem = async () => {
    const all = await request<Suggestion[]>('GET', '/api/v2/suggestions?limit=10')
    for (const { account } of all) keepAccount(account)
    await loadRelationships(all.map(({ account }) => account.id))
    setFound(all)
  }
  const load = () => {
    setFault('')
    fetchThem().catch((error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  return (
    <section class="sheet" aria-labelledby="welcome-others">
      <h2 class="welcome-head" id="welcome-others">
        {t('welcome.others', 'Whom do you want to read?')}
      </h2>
      {fault && <Fault text={fault} retry={load} />}
      {!found && !fault && <Skeleton rows={3} />}
      {found?.length === 0 && (
        <Empty icon="person" title={t('welcome.nobody', 'Nobody to propose yet')}>
          {t('welcome.nobodyText', 'Search for people whom you know, here or on other servers.')}
        </Empty>
      )}
      {found?.map(({ account }) => (
        <PersonRow key={account.id} account={account} />
      ))}
    </section>
  )
}
