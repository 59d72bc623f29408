import type { SignInRecord } from '@hamlet/contract/security'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { formats, t } from '../../../i18n/words.ts'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { readAgent } from '../agent.ts'
import { Group } from '../rows.tsx'
import { SECURITY } from './proof.tsx'

const PAGE = 20
const moment = (at: string) =>
  new Intl.DateTimeFormat(formats(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

const ways: Record<string, () => string> = {
  password: () => t('settings.byPassword', 'Password'),
  totp: () => t('settings.byTotp', 'Password and code'),
  recovery: () => t('settings.byRecovery', 'Password and recovery code'),
  passkey: () => t('settings.byPasskey', 'Passkey'),
  openid: () => t('settings.byOpenId', 'Another service'),
  'set-up': () => t('settings.bySetUp', 'Set-up of this server'),
}

/** Who came in as this person in the last year, or tried to. */
export function SignInsGroup() {
  const [rows, setRows] = useState<SignInRecord[]>()
  const [fault, setFault] = useState('')
  const [isWhole, setWhole] = useState(false)
  const load = async (before?: string) => {
    setFault('')
    const more = before === undefined ? '' : `&max_id=${before}`
    try {
      const found = await request<SignInRecord[]>('GET', `${SECURITY}/sign_ins?limit=${PAGE}${more}`)
      setRows((now) => [...(before === undefined ? [] : (now ?? [])), ...found])
      setWhole(found.length < PAGE)
    } catch (error) {
      setFault(explain(error))
    }
  }
  useEffect(() => void load(), [])
  return (
    <Group
      id="sign-ins"
      title={t('settings.signIns', 'Sign-ins')}
      note={rows && t('settings.signInsNote', 'Of the last year. If one of them was not you, choose a new password.')}
    >
      {fault && <Fault text={fault} retry={() => void load(rows?.at(-1)?.id)} />}
      {!rows && !fault && <Skeleton rows={3} />}
      {rows?.length === 0 && <p class="wish meta">{t('settings.noSignIns', 'Nothing is written down yet.')}</p>}
      {rows?.map((one) => (
        <SignInRow key={one.id} one={one} />
      ))}
      {rows && rows.length > 0 && !isWhole && (
        <div class="wish">
          <button class="button button-outline" type="button" onClick={() => void load(rows.at(-1)?.id)}>
            {t('settings.olderSignIns', 'Show older ones')}
          </button>
        </div>
      )}
    </Group>
  )
}

function SignInRow({ one }: { one: SignInRecord }) {
  const way = ways[one.method]?.() ?? one.method
  return (
    <div class="wish">
      <span>
        <strong>{one.succeeded ? way : t('settings.signInFailed', 'Failed: {way}', { way })}</strong>
        <small>
          {moment(one.created_at)} · {readAgent(one.user_agent)}
          {one.ip && (
            <>
              {' · '}
              <bdi>{one.ip}</bdi>
            </>
          )}
        </small>
      </span>
    </div>
  )
}
