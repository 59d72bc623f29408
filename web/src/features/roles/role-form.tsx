import type { TeamRole } from '@hamlet/contract/role'
import { roleLimits, type Permission, type RoleLimit } from '@hamlet/contract/permissions'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { may, me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { permissionGroups } from './permission-words.ts'
import { PATH, roleName } from './words.ts'

type Wish = Pick<TeamRole, 'name' | 'color' | 'position' | 'permissions' | 'highlighted' | 'require_2fa' | RoleLimit>
const blank: Wish = {
  name: '',
  color: '',
  position: 1,
  permissions: [],
  highlighted: false,
  require_2fa: false,
  posts_per_hour: null,
  open_invites: null,
}
type Part = { wish: Wish; change: (part: Partial<Wish>) => void }

/** Makes a role or changes one. What one's own role lacks cannot be given; of one's own only the looks can be changed. */
export function RoleForm({ role, done, cancel }: { role: TeamRole | undefined; done: () => void; cancel: () => void }) {
  const [wish, setWish] = useState<Wish>(role ?? blank)
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const isEverybodys = role?.name === ''
  const isOwn = role?.id === me.value.role.id
  const send = async () => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    const { name, color, position, permissions, highlighted, require_2fa, posts_per_hour, open_invites } = wish
    const looks = { name, color, highlighted }
    const power = { permissions, posts_per_hour, open_invites }
    const body = isEverybodys ? power : isOwn ? looks : { ...looks, ...power, position, require_2fa }
    try {
      await (role ? request('PUT', `${PATH}/${role.id}`, { body }) : request('POST', PATH, { body }))
      toast(t('roles.saved', 'Saved.'))
      done()
    } catch (error) {
      setFault(explain(error))
      setBusy(false)
    }
  }
  const part = { wish, change: (given: Partial<Wish>) => setWish({ ...wish, ...given }) }
  return (
    <form
      class="role-form"
      aria-label={role ? roleName(role) : t('roles.new', 'New role')}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {isEverybodys ? (
        <p class="lead">
          {t('roles.everybodyText', 'What everybody here may do, and how much. It can only be to invite.')}
        </p>
      ) : (
        <Looks {...part} hasRank={!isOwn} />
      )}
      {!isOwn && <Limits {...part} />}
      {!isOwn && <Permissions {...part} isEverybodys={isEverybodys} />}
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="role-acts">
        <button class="button button-primary" type="submit" aria-busy={isBusy}>
          {t('roles.save', 'Save')}
        </button>
        <button class="button button-outline" type="button" onClick={cancel}>
          {t('roles.cancel', 'Cancel')}
        </button>
      </p>
    </form>
  )
}

function Looks({ wish, change, hasRank }: Part & { hasRank: boolean }) {
  return (
    <>
      <div class="gate-fields">
        <label class="gate-text">
          <span class="field-head">{t('roles.name', 'Name')}</span>
          <span class="input">
            <input
              required
              maxLength={100}
              value={wish.name}
              onInput={(event) => change({ name: event.currentTarget.value })}
            />
          </span>
        </label>
        <label class="gate-choice">
          <span class="field-head">{t('roles.colour', 'Colour, as #rrggbb')}</span>
          <span class="input">
            <input maxLength={7} value={wish.color} onInput={(event) => change({ color: event.currentTarget.value })} />
          </span>
        </label>
        {hasRank && (
          <label class="gate-choice">
            <span class="field-head">{t('roles.position', 'Rank: higher acts on lower')}</span>
            <span class="input">
              <input
                type="number"
                min={0}
                max={1_000_000}
                required
                value={wish.position}
                onInput={(event) => change({ position: event.currentTarget.valueAsNumber })}
              />
            </span>
          </label>
        )}
      </div>
      <Checks wish={wish} change={change} hasRank={hasRank} />
    </>
  )
}

function Checks({ wish, change, hasRank }: Part & { hasRank: boolean }) {
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={wish.highlighted}
          onChange={(event) => change({ highlighted: event.currentTarget.checked })}
        />
        <span>{t('roles.highlighted', 'Show it as a badge on profiles')}</span>
      </label>
      {hasRank && (
        <label class="check">
          <input
            type="checkbox"
            checked={wish.require_2fa}
            onChange={(event) => change({ require_2fa: event.currentTarget.checked })}
          />
          <span>{t('roles.require2fa', 'Whoever has it needs a second factor')}</span>
        </label>
      )}
    </>
  )
}

/** How much the holders of a role may do; an empty field leaves it at what holds everywhere. */
function Limits({ wish, change }: Part) {
  const rows: [RoleLimit, string][] = [
    ['posts_per_hour', t('roles.postsPerHour', 'Posts an hour')],
    ['open_invites', t('roles.openInvites', 'Open invitations at once')],
  ]
  return (
    <fieldset class="role-permissions">
      <legend>{t('roles.limits', 'How much')}</legend>
      <div class="gate-fields">
        {rows.map(([name, words]) => (
          <label class="gate-choice" key={name}>
            <span class="field-head">{words}</span>
            <span class="input">
              <input
                type="number"
                name={name}
                min={roleLimits[name].least}
                max={roleLimits[name].most}
                value={wish[name] ?? ''}
                onInput={({ currentTarget }) =>
                  change({ [name]: currentTarget.value === '' ? null : currentTarget.valueAsNumber })
                }
              />
            </span>
          </label>
        ))}
      </div>
      <p class="meta">{t('roles.limitsHelp', 'Empty: as much as anybody may. It holds from the next post on.')}</p>
    </fieldset>
  )
}

function Permissions({ wish, change, isEverybodys }: Part & { isEverybodys: boolean }) {
  const flip = (name: Permission, isOn: boolean) => {
    const others = wish.permissions.filter((one) => one !== name)
    change({ permissions: isOn ? [...others, name] : others })
  }
  const groups = permissionGroups().filter(
    ({ rows }) => !isEverybodys || rows.some(([name]) => name === 'invite_users'),
  )
  return (
    <>
      {groups.map(({ title, rows }) => (
        <fieldset class="role-permissions" key={title}>
          <legend>{title}</legend>
          {rows
            .filter(([name]) => !isEverybodys || name.startsWith('invite_'))
            .map(([name, words]) => (
              <label class="check" key={name}>
                <input
                  type="checkbox"
                  name={name}
                  checked={wish.permissions.includes(name)}
                  disabled={!may(name)}
                  onChange={(event) => flip(name, event.currentTarget.checked)}
                />
                <span>{words}</span>
              </label>
            ))}
        </fieldset>
      ))}
    </>
  )
}
