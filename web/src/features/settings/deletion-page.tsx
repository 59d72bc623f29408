import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Line } from '../moves/line.tsx'
import { ChoiceRow, Group } from './rows.tsx'
import { SecretForm } from './secret-form.tsx'

const PATH = '/api/hamlet/v1/deletion'

/** The end of an account: with days to think, or at once. */
export function DeletionPage() {
  const [days, setDays] = useState<number>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<{ days: number }>('GET', PATH).then(
      (answer) => setDays(answer.days),
      (error: unknown) => setFault(explain(error)),
    )
  }
  useEffect(load, [])
  return (
    <>
      <ColumnHead title={t('settings.deletion', 'Delete account')} back />
      {fault && <Fault text={fault} retry={load} />}
      {days === undefined && !fault && <Skeleton rows={2} />}
      {days !== undefined && <Deletion days={days} />}
    </>
  )
}

function Deletion({ days }: { days: number }) {
  const [when, setWhen] = useState<'later' | 'now'>('later')
  return (
    <>
      <Farewell />
      <Group id="delete" title={t('settings.delete', 'Delete all of it')}>
        <ChoiceRow
          id="deletion-when"
          label={t('settings.when', 'When')}
          help={
            when === 'later'
              ? t(
                  'settings.laterHelp',
                  'You are hidden now, and erased in {days} days. Sign in before, and all is as it was.',
                  { days },
                )
              : t('settings.nowHelp', 'Erased now. There is no way back.')
          }
          value={when}
          choices={[
            ['later', t('settings.later', 'In {days} days', { days })],
            ['now', t('settings.now', 'At once')],
          ]}
          choose={setWhen}
        />
        <SecretForm
          path={PATH}
          fields={['username']}
          more={{ now: when === 'now' }}
          faultAt="username"
          oldId="password-for-deletion"
          order="last"
          isDangerous
          submit={
            when === 'now'
              ? t('settings.deleteNow', 'Erase my account now')
              : t('settings.deleteLater', 'Delete my account')
          }
          done={() => location.assign('/')}
        >
          {(fault) => (
            <Line
              id="typed-name"
              name="username"
              label={t('settings.typeName', 'Type @{name} to show that you mean it', { name: me.value.username })}
              fault={fault?.field === 'username' ? fault.text : ''}
            />
          )}
        </SecretForm>
      </Group>
    </>
  )
}

/** What can still be saved. */
function Farewell() {
  return (
    <Group
      id="before-deletion"
      title={t('settings.beforeDeletion', 'Before you go')}
      note={t(
        'settings.deletionNote',
        'Nobody can take your name after you. Copies on other servers go as far as these servers listen.',
      )}
    >
      <div class="wish">
        <span>
          <strong>{t('settings.takeAlong', 'Take your posts and lists along')}</strong>
          <small>{t('settings.takeAlongText', 'What is erased cannot be brought back, by us neither.')}</small>
        </span>
        <a class="button button-outline" href="/settings/data#archive">
          {t('settings.toData', 'Your data')}
        </a>
      </div>
    </Group>
  )
}
