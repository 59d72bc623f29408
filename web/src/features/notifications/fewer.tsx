import { me } from '../../app/session.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/parts.tsx'
import { mutePerson, pausePost } from './acts.ts'
import { nameOf } from './names.tsx'
import type { Row } from './rows.ts'
import type { IconName } from '../../../sprite.ts'

const WEEK_S = 7 * 24 * 3600

type Way = { icon: IconName; label: string; help: string; run: () => void }

/** What one may hear less of: the person, the post, or a whole sort of people. */
export function FewerDialog({ row, close }: { row: Row; close: () => void }) {
  const title = t('notify.fewer', 'Fewer like this')
  return (
    <Dialog label={title} class="question" onClose={close}>
      <h2>{title}</h2>
      <div class="fewer">
        {listWays(row).map((way) => (
          <button
            key={way.label}
            type="button"
            onClick={() => {
              close()
              way.run()
            }}
          >
            <Icon name={way.icon} />
            <span>
              <strong dir="auto">{way.label}</strong>
              <small>{way.help}</small>
            </span>
          </button>
        ))}
      </div>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('notify.cancel', 'Cancel')}
        </button>
      </p>
    </Dialog>
  )
}

function listWays({ people, status }: Row): Way[] {
  const ways: Way[] = []
  const [first] = people
  if (first && first.id !== me.value.id)
    ways.push({
      icon: 'mute',
      label: t('notify.mute', 'Mute {name}', { name: nameOf(first) }),
      help: t('notify.muteHelp', 'You see and hear nothing of them. They are not told.'),
      run: () => void mutePerson(first),
    })
  if (status && status.account.id === me.value.id)
    ways.push({
      icon: 'surge',
      label: t('notify.restWeek', 'Rest from this post for a week'),
      help: t('notify.restHelp', 'What happens on it is one row. People you follow still reach you.'),
      run: () => void pausePost(status.id, WEEK_S),
    })
  ways.push({
    icon: 'adjust',
    label: t('notify.choose', 'Choose who reaches you'),
    help: t('notify.chooseHelp', 'Strangers, new accounts, bots: let in, filter or ignore.'),
    run: () => navigate('/settings/notifications'),
  })
  return ways
}
