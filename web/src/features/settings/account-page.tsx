import type { AuthorisedApp, OwnSession } from '@hamlet/contract/account-settings'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { signOut } from '../../app/sign-out.ts'
import { formats, listed, rich, t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { AccountsGroup } from './accounts-group.tsx'
import { readAgent } from './agent.ts'
import { EmailGroup } from './email-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { Group } from './rows.tsx'

const SESSIONS = '/api/hamlet/v1/sessions'
const APPS = '/api/hamlet/v1/applications'

/** How one gets in, and who is in: e-mail, password, browsers and apps. */
export function AccountPage() {
  return (
    <>
      <ColumnHead title={t('settings.account', 'Account')} back />
      <AccountsGroup />
      <EmailGroup />
      <Group id="password" title={t('settings.password', 'Password')}>
        <PasswordForm />
      </Group>
      <Rows<OwnSession>
        id="sessions"
        title={t('settings.sessions', 'Where you are signed in')}
        path={SESSIONS}
        none=""
        endsAll
      >
        {(one, end) => <SessionRow session={one} end={end} />}
      </Rows>
      <Rows<AuthorisedApp>
        id="apps"
        title={t('settings.apps', 'Apps')}
        path={APPS}
        none={t('settings.noApps', 'You have let no app in.')}
      >
        {(one, end) => <AppRow app={one} end={end} />}
      </Rows>
    </>
  )
}

type RowsProps<T> = {
  id: string
  title: string
  path: string
  none: string
  /** All but the one that is looked from can be ended at once. */
  endsAll?: boolean
  children: (one: T, end: () => void) => ComponentChildren
}

/** What is let in, each with the way to end it. */
function Rows<T extends { id: string }>({ id, title, path, none, endsAll, children }: RowsProps<T>) {
  const [rows, setRows] = useState<T[]>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<T[]>('GET', path).then(setRows, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [path])
  const end = async (one: T) => {
    try {
      await request('DELETE', `${path}/${one.id}`)
      setRows((now) => now?.filter(({ id: other }) => other !== one.id))
      toast(t('settings.ended', 'Signed out.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  const endOthers = async () => {
    try {
      await request('DELETE', path)
      toast(t('settings.othersEnded', 'All others are signed out.'))
      load()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <Group id={id} title={title}>
      {fault && <Fault text={fault} retry={load} />}
      {!rows && !fault && <Skeleton rows={2} />}
      {rows?.length === 0 && <p class="wish meta">{none}</p>}
      {rows?.map((one) => (
        <div class="wish" key={one.id}>
          {children(one, () => void end(one))}
        </div>
      ))}
      {endsAll && rows && rows.length > 1 && (
        <div class="wish">
          <span>{t('settings.endOthersHelp', 'Somewhere you do not know?')}</span>
          <button class="button button-outline" type="button" onClick={() => void endOthers()}>
            {t('settings.endOthers', 'Sign out all others')}
          </button>
        </div>
      )}
    </Group>
  )
}

const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'medium' }).format(new Date(at))

function SessionRow({ session, end }: { session: OwnSession; end: () => void }) {
  const name = readAgent(session.user_agent)
  return (
    <>
      <span>
        <strong>{name}</strong>
        <small>
          {session.current
            ? t('settings.thisOne', 'This browser')
            : t('settings.seen', 'Last seen {day}', { day: day(session.last_seen_at) })}
          {session.ip && (
            <>
              {' · '}
              <bdi>{session.ip}</bdi>
            </>
          )}
        </small>
      </span>
      <button
        class="button button-outline"
        type="button"
        aria-label={t('settings.signOutOf', 'Sign out: {name}', { name })}
        onClick={session.current ? () => void signOut() : end}
      >
        {t('settings.signOut', 'Sign out')}
      </button>
    </>
  )
}

function AppRow({ app, end }: { app: AuthorisedApp; end: () => void }) {
  return (
    <>
      <span>
        <strong dir="auto">{app.name}</strong>
        <small>
          {rich('settings.appMay', 'May: {scopes} · since {day}', {
            scopes: <bdi>{listed(app.scopes)}</bdi>,
            day: day(app.created_at),
          })}
        </small>
      </span>
      <button
        class="button button-outline"
        type="button"
        aria-label={t('settings.signOutOf', 'Sign out: {name}', { name: app.name })}
        onClick={end}
      >
        {t('settings.signOut', 'Sign out')}
      </button>
    </>
  )
}
