import type { TeamRole } from '@hamlet/contract/role'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { roleName } from './words.ts'

type Found = { id: string; acct: string }

function useGiving() {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isBusy) return
    const data = new FormData(form)
    const [handle, roleId] = [data.get('handle'), data.get('role')].map((value) =>
      typeof value === 'string' ? value : '',
    )
    setBusy(true)
    setFault('')
    try {
      const acct = encodeURIComponent((handle ?? '').trim().replace(/^@/, ''))
      const found = await request<Found>('GET', `/api/v1/accounts/lookup?acct=${acct}`)
      await request('POST', `/api/web/admin/accounts/${found.id}/role`, { body: { role_id: roleId } })
      toast(t('roles.given', '{name} has the role now.', { name: `@${found.acct}` }))
      form.reset()
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  return { fault, isBusy, send }
}

/** Gives somebody of here another role, by their name. */
export function GiveRole({ roles }: { roles: readonly TeamRole[] }) {
  const { fault, isBusy, send } = useGiving()
  const lower = roles.filter((role) => role.id !== me.value.role.id && (role.editable || role.name === ''))
  return (
    <form
      class="sheet column-sheet gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <h2 class="role-give">{t('roles.give', 'Give somebody a role')}</h2>
      <div class="gate-fields">
        <label class="gate-text">
          <span class="field-head">{t('roles.whom', 'Name on this server')}</span>
          <span class="input">
            <input
              name="handle"
              required
              maxLength={100}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-invalid={fault ? 'true' : undefined}
            />
          </span>
        </label>
        <label class="gate-choice">
          <span class="field-head">{t('roles.role', 'Role')}</span>
          <span class="gate-select">
            <select name="role">
              {lower.map((role) => (
                <option key={role.id} value={role.id}>
                  {roleName(role)}
                </option>
              ))}
            </select>
          </span>
        </label>
        <button class="button button-primary" type="submit" aria-busy={isBusy}>
          {t('roles.giveIt', 'Give')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
