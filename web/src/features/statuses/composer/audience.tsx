import type { AudiencePreview } from '@hamlet/contract/audience'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { language, rich, t } from '../../../i18n/words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { listReplyPolicies } from '../replies/words.ts'
import { listAudiences, listQuotePolicies, ownFollowers, type Choice } from './audiences.ts'
import { changeWriting, type Writing } from './model.ts'
import { askLater, preview } from './preview.ts'
import { Tongue } from './tongue.tsx'

/** Who will see it, said first and in a sentence; the first words of it are the choice. */
export function Audience({ now }: { now: Writing }) {
  useEffect(askLater, [now.parts, now.visibility, now.replyTo, now.quote])
  const { followers, servers } = preview.value ?? { followers: ownFollowers(), servers: 0 }
  const choices = listAudiences({
    people: followers || ownFollowers(),
    servers: now.visibility === 'private' ? servers : 0,
  })
  const chosen = choices.find((one) => one.value === now.visibility) ?? choices[0]!
  return (
    <div class="audience">
      <Icon name={chosen.icon} />
      <div>
        <p>
          <Sentence now={now} chosen={chosen} choices={choices} /> {!now.edit && <Notified now={now} />}
        </p>
        {!now.edit && (
          <p class="audience-chips">
            <ReplyPolicies now={now} />
            <QuotePolicies now={now} />
            <Tongue now={now} />
          </p>
        )}
      </div>
    </div>
  )
}

function Sentence({ now, chosen, choices }: { now: Writing; chosen: Choice; choices: Choice[] }) {
  const { followers, servers, notified, isEstimate } = preview.value ?? {
    followers: 0,
    servers: 0,
    notified: [],
    isEstimate: true,
  }
  const audience = (words: string) => <Chooser now={now} choices={choices} words={words} />
  if (now.visibility === 'public')
    return <>{rich('composer.seenByAll', '{audience} can see this.', { audience: audience(chosen.name) })}</>
  if (now.visibility === 'unlisted')
    return (
      <>
        {rich('composer.seenQuietly', '{audience}: all can see this, but it stays out of feeds and tags.', {
          audience: audience(chosen.name),
        })}
      </>
    )
  if (now.visibility === 'private') {
    const words = t(
      'composer.onlyFollowers',
      '{n, plural, =0 {Nobody but you} one {Only your # follower} other {Only your # followers}}',
      {
        n: followers,
      },
    )
    if (isEstimate || servers === 0)
      return <>{rich('composer.seenByFollowers', '{audience} can see this.', { audience: audience(words) })}</>
    return (
      <>
        {rich('composer.onServers', '{audience}, on {n, plural, one {# other server} other {# other servers}}.', {
          audience: audience(words),
          n: servers,
        })}
      </>
    )
  }
  const words = t(
    'composer.onlyNamed',
    '{n, plural, =0 {Nobody yet: name who it is for} one {Only the # person named here} other {Only the # people named here}}',
    { n: notified.length },
  )
  return (
    <>{rich('composer.seenByNamed', '{audience}; a server moderator could read it.', { audience: audience(words) })}</>
  )
}

type ChooserProps = { now: Writing; choices: Choice[]; words: string }

/** The audience of what is published already stays as it is. */
function Chooser({ now, choices, words }: ChooserProps) {
  if (now.edit) return <strong>{words}</strong>
  return (
    <Menu
      label={t('composer.audience', '{words}: choose who can see this', { words })}
      class="audience-name"
      align="start"
      items={choices.map(({ value, name, help, icon }) => ({
        label: name,
        help,
        icon,
        isChosen: value === now.visibility,
        run: () => changeWriting({ visibility: value }),
      }))}
    >
      {words}
    </Menu>
  )
}

function Notified({ now }: { now: Writing }) {
  const { notified, unknown } = preview.value ?? { notified: [], unknown: [] }
  const names = notified.map(nameOf)
  // A name that is still being typed is nobody's yet.
  const isWhole = (handle: string) => !now.parts.some((part) => part.text.endsWith(handle))
  const strangers = unknown.map((handle) => `@${handle}`).filter(isWhole)
  return (
    <>
      {rich(
        'composer.notified',
        '{n, plural, =0 {Nobody is notified.} one {{names} is notified.} other {# people are notified: {names}.}}',
        { n: names.length, names: <Names names={names} /> },
      )}
      {strangers.length > 0 && (
        <>
          {' '}
          {rich(
            'composer.unknown',
            '{n, plural, one {{names} is not known here yet.} other {{names} are not known here yet.}}',
            {
              n: strangers.length,
              names: <Names names={strangers} />,
            },
          )}
        </>
      )}
    </>
  )
}

function nameOf({ display_name, acct }: AudiencePreview['notified'][number]): string {
  return display_name || `@${acct}`
}

/** Names in a row as the reader lists them, each in its own direction. */
function Names({ names }: { names: string[] }) {
  const parts = new Intl.ListFormat(language()).formatToParts(names)
  return (
    <>
      {parts.map((part): ComponentChildren =>
        part.type === 'element' ? <bdi class="strong">{part.value}</bdi> : part.value,
      )}
    </>
  )
}

function QuotePolicies({ now }: { now: Writing }) {
  const isOpen = now.visibility === 'public' || now.visibility === 'unlisted'
  if (!isOpen) return null
  return (
    <PolicyChip
      policies={listQuotePolicies()}
      current={now.quotePolicy}
      name={(chosen) => t('composer.whoQuotes', '{chosen}: who can quote this', { chosen })}
      choose={(quotePolicy) => changeWriting({ quotePolicy })}
    />
  )
}

/** A thread has the rule of the post that begins it; an edit leaves it. */
function ReplyPolicies({ now }: { now: Writing }) {
  if (now.replyTo || now.edit || now.visibility === 'direct') return null
  return (
    <PolicyChip
      policies={listReplyPolicies()}
      current={now.replyPolicy}
      name={(chosen) => t('composer.whoReplies', '{chosen}: who can reply to this', { chosen })}
      choose={(replyPolicy) => changeWriting({ replyPolicy })}
    />
  )
}

type ChipProps<P extends string> = {
  policies: [P, string][]
  current: P
  name: (chosen: string) => string
  choose: (policy: P) => void
}

function PolicyChip<P extends string>({ policies, current, name, choose }: ChipProps<P>) {
  const chosen = policies.find(([value]) => value === current)?.[1] ?? ''
  return (
    <Menu
      label={name(chosen)}
      class="chip"
      align="start"
      items={policies.map(([value, label]) => ({
        label,
        isChosen: value === current,
        run: () => choose(value),
      }))}
    >
      {chosen}
      <Icon name="down" small />
    </Menu>
  )
}
