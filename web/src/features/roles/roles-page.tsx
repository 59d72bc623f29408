import type { TeamRole } from '@hamlet/contract/role'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { GiveRole } from './give-role.tsx'
import { RoleForm } from './role-form.tsx'
import { PATH, roleName } from './words.ts'

/** Who may do what here: the roles in their order, each with what it allows. */
export function RolesPage() {
  const { value, fault, load } = useLoaded<TeamRole[]>(PATH)
  const [open, setOpen] = useState<string>()
  const done = () => {
    setOpen(undefined)
    void load()
  }
  return (
    <>
      <ColumnHead title={t('roles.title', 'Roles')}>
        {value && open !== 'new' && (
          <button class="button button-primary button-small head-end" type="button" onClick={() => setOpen('new')}>
            {t('roles.new', 'New role')}
          </button>
        )}
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={4} />}
        {value && open === 'new' && <RoleForm role={undefined} done={done} cancel={() => setOpen(undefined)} />}
        {value?.map((role) =>
          open === role.id ? (
            <RoleForm key={role.id} role={role} done={done} cancel={() => setOpen(undefined)} />
          ) : (
            <Row key={role.id} role={role} edit={() => setOpen(role.id)} done={done} />
          ),
        )}
      </div>
      {value && <GiveRole roles={value} />}
    </>
  )
}

function notesOf(role: TeamRole): string[] {
  return [
    t('roles.holders', '{n, plural, =0 {Nobody has it} one {# person} other {# people}}', { n: role.users_count }),
    role.permissions.includes('administrator')
      ? t('roles.allowsAll', 'may everything')
      : t('roles.allows', '{n, plural, =0 {allows nothing} one {allows # thing} other {allows # things}}', {
          n: role.permissions.length,
        }),
    ...(role.require_2fa ? [t('roles.needsFactor', 'asks for a second factor')] : []),
  ]
}

function Row({ role, edit, done }: { role: TeamRole; edit: () => void; done: () => void }) {
  const [isAsked, setAsked] = useState(false)
  const remove = async () => {
    setAsked(false)
    try {
      await request('DELETE', `${PATH}/${role.id}`)
      toast(t('roles.deleted', 'The role is gone. Whoever had it has the one of everybody.'))
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="gate-row">
      <span class="queue-who">
        <strong>
          {role.color && <span class="role-colour" style={{ background: role.color }} />} <bdi>{roleName(role)}</bdi>
          {role.highlighted && <span class="tag">{t('roles.badge', 'Badge')}</span>}
        </strong>
        <span class="meta">{notesOf(role).join(' · ')}</span>
      </span>
      {role.editable && (
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('roles.editNamed', 'Change {name}', { name: roleName(role) })}
          onClick={edit}
        >
          {t('roles.edit', 'Change')}
        </button>
      )}
      {role.editable && !role.builtin && (
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('roles.deleteNamed', 'Delete {name}', { name: roleName(role) })}
          onClick={() => setAsked(true)}
        >
          {t('roles.delete', 'Delete')}
        </button>
      )}
      {isAsked && <Asked role={role} close={() => setAsked(false)} remove={() => void remove()} />}
    </div>
  )
}

type AskedProps = { role: TeamRole; close: () => void; remove: () => void }

function Asked({ role, close, remove }: AskedProps) {
  return (
    <Dialog label={t('roles.deleteTitle', 'Delete this role?')} class="question" onClose={close}>
      <h2>{t('roles.deleteTitle', 'Delete this role?')}</h2>
      <p>
        {t('roles.deleteText', '{n, plural, =0 {Nobody has it.} one {# person loses it.} other {# people lose it.}}', {
          n: role.users_count,
        })}
      </p>
      <p class="role-acts">
        <button class="button button-outline" type="button" onClick={close}>
          {t('roles.keep', 'Keep it')}
        </button>
        <button class="button button-danger" type="button" onClick={remove}>
          {t('roles.delete', 'Delete')}
        </button>
      </p>
    </Dialog>
  )
}
