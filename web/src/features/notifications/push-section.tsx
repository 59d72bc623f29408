import {
  alertTypes,
  type Alerts,
  type AlertType,
  type PushPolicy,
  type WebPushSubscription,
} from '@hamlet/contract/push'
import { useEffect, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { isOfTeam } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'
import { lastPushed } from '../install/worker.ts'
import { changeWishes, readAbility, readSubscription, sendTest, turnOff, turnOn, type Ability } from './push-switch.ts'

const OF_TEAM: AlertType[] = ['admin.sign_up', 'admin.report']

/** What wakes a browser unless one chooses otherwise: what a person did to a person. */
const USUAL: AlertType[] = ['mention', 'follow', 'follow_request', 'quote', 'poll', 'moderation_warning', ...OF_TEAM]

/** Whether this browser is woken, for what, and whether it works. */
export function PushSection() {
  const [ability, setAbility] = useState<Ability>(readAbility)
  const [subscription, setSubscription] = useState<WebPushSubscription>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    readSubscription().then(setSubscription, (error: unknown) => toast(explain(error)))
  }, [])
  const run = async (act: () => Promise<WebPushSubscription | undefined>) => {
    setBusy(true)
    try {
      setSubscription(await act())
    } catch (error) {
      toast(explain(error))
    }
    setAbility(readAbility())
    setBusy(false)
  }
  const toggle = () =>
    void run(subscription ? () => turnOff().then(() => undefined) : () => turnOn(usualAlerts(), 'all'))
  const wish = (alerts: Alerts, policy: PushPolicy) => void run(() => changeWishes(alerts, policy))
  return (
    <section class="wishes" aria-labelledby="this-browser">
      <h2 id="this-browser">{t('notify.thisBrowser', 'This browser')}</h2>
      <div class="sheet">
        <div class="wish">
          <span>
            <strong id="push-label">{t('notify.push', 'Push notifications')}</strong>
            <small id="push-help">{sayAbility(ability)}</small>
          </span>
          {ability === 'fine' && (
            <button
              class="switch"
              type="button"
              role="switch"
              aria-checked={subscription !== undefined}
              aria-labelledby="push-label"
              aria-describedby="push-help"
              aria-busy={isBusy}
              disabled={isBusy}
              onClick={toggle}
            />
          )}
        </div>
        {subscription && <Wishes subscription={subscription} wish={wish} />}
        {subscription && <Test />}
      </div>
    </section>
  )
}

const usualAlerts = () => Object.fromEntries(USUAL.map((type) => [type, true])) as Partial<Alerts>

function sayAbility(ability: Ability): string {
  if (ability === 'none') return t('notify.pushNone', 'This browser cannot be woken by a server.')
  if (ability === 'install')
    return t('notify.pushInstall', 'Put this app on your home screen first, and open it there.')
  if (ability === 'denied')
    return t('notify.pushDenied', 'You said no to this page. Allow notifications in the settings of the browser.')
  return t('notify.pushHelp', 'What happens reaches you here, also when no page is open. It is encrypted on the way.')
}

type WishesProps = { subscription: WebPushSubscription; wish: (alerts: Alerts, policy: PushPolicy) => void }

function Wishes({ subscription, wish }: WishesProps) {
  const { alerts, policy } = subscription
  const words = sayAlerts()
  const types = alertTypes.filter((type) => words[type] !== undefined && (isOfTeam() || !OF_TEAM.includes(type)))
  return (
    <>
      <fieldset class="wish-list">
        <legend>{t('notify.wakes', 'Wakes you for')}</legend>
        {types.map((type) => (
          <label class="check" key={type}>
            <input
              type="checkbox"
              checked={alerts[type]}
              onChange={() => wish({ ...alerts, [type]: !alerts[type] }, policy)}
            />
            <span>{words[type]}</span>
          </label>
        ))}
      </fieldset>
      <div class="wish">
        <span>
          <label for="push-policy">{t('notify.from', 'From')}</label>
        </span>
        <span class="select">
          <select
            id="push-policy"
            value={policy}
            onChange={(event) => wish(alerts, event.currentTarget.value as PushPolicy)}
          >
            <option value="all">{t('notify.fromAll', 'Everyone')}</option>
            <option value="followed">{t('notify.fromFollowed', 'People you follow')}</option>
            <option value="follower">{t('notify.fromFollowers', 'Your followers')}</option>
            <option value="none">{t('notify.fromNone', 'Nobody')}</option>
          </select>
          <Icon name="down" />
        </span>
      </div>
    </>
  )
}

function sayAlerts(): Partial<Record<AlertType, string>> {
  return {
    mention: t('notify.alertMention', 'Mentions and replies'),
    quote: t('notify.alertQuote', 'Quotes'),
    follow: t('notify.alertFollow', 'New followers'),
    follow_request: t('notify.alertRequest', 'Requests to follow you'),
    status: t('notify.close', 'Posts you follow closely'),
    reblog: t('notify.alertBoost', 'Boosts'),
    favourite: t('notify.alertFavourite', 'Favourites'),
    poll: t('notify.alertPoll', 'Polls that end'),
    update: t('notify.edits', 'Edits'),
    moderation_warning: t('notify.alertWarning', 'Letters of the moderators'),
    'admin.sign_up': t('notify.alertSignUp', 'New people on this server'),
    'admin.report': t('notify.alertReport', 'Reports'),
  }
}

type Trial = 'none' | 'sent' | 'late'
const PATIENCE_MS = 20_000

/** A push that nobody caused shows whether pushes arrive; the worker says when one did. */
function Test() {
  const [trial, setTrial] = useState<Trial>('none')
  const hasArrived = trial !== 'none' && lastPushed.value === 'test'
  useEffect(() => {
    if (trial !== 'sent') return undefined
    const timer = setTimeout(() => setTrial('late'), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [trial])
  const send = async () => {
    lastPushed.value = undefined
    setTrial('none')
    try {
      await sendTest()
      setTrial('sent')
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="wish">
      <span>
        <strong>{t('notify.try', 'Does it work?')}</strong>
        <output class="wish-help">{sayTrial(hasArrived ? 'arrived' : trial)}</output>
      </span>
      <button class="button button-outline" type="button" onClick={() => void send()}>
        {t('notify.sendTest', 'Send a test')}
      </button>
    </div>
  )
}

function sayTrial(trial: Trial | 'arrived'): string {
  if (trial === 'arrived') return t('notify.trialArrived', 'It arrived.')
  if (trial === 'sent') return t('notify.trialSent', 'It is on its way …')
  if (trial === 'late') return t('notify.trialLate', 'It has not arrived. Your system may hold notifications back.')
  return t('notify.trialHelp', 'Sends one push to this browser.')
}
