import type { TeamRole } from '@hamlet/contract/role'
import { request } from '../../api/request.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'
import { AddForm, LineField, textOf } from '../gates/line-form.tsx'
import { roleName } from './words.ts'

type Found = { id: string; acct: string }

/** Gives somebody of here another role, by their name. */
export function GiveRole({ roles }: { roles: readonly TeamRole[] }) {
  const lower = roles.filter((role) => role.id !== me.value.role.id && (role.editable || role.name === ''))
  const send = async (form: FormData) => {
    const acct = encodeURIComponent(textOf(form, 'handle').replace(/^@/, ''))
    const found = await request<Found>('GET', `/api/v1/accounts/lookup?acct=${acct}`)
    await request('POST', `/api/web/admin/accounts/${found.id}/role`, { body: { role_id: textOf(form, 'role') } })
    toast(t('roles.given', '{name} has the role now.', { name: `@${found.acct}` }))
  }
  return (
    <AddForm title={t('roles.give', 'Give somebody a role')} label={t('roles.giveIt', 'Give')} send={send} isSheet>
      <LineField name="handle" label={t('roles.whom', 'Name on this server')} maxLength={100} isRequired />
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
          <Icon name="down" small />
        </span>
      </label>
    </AddForm>
  )
}
