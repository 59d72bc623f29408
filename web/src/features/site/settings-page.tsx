import type { ServerSettings } from '@hamlet/contract/server-settings'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { ChoiceRow, Group, SwitchRow } from '../settings/rows.tsx'
import { useWishes, type ChangeWish } from '../settings/use-wishes.ts'
import { Pictures } from './pictures.tsx'
import { FieldForm, type Field } from './field-form.tsx'

const PATH = '/api/web/admin/settings'
type Change = ChangeWish<ServerSettings>
type Part = { now: ServerSettings; change: Change }

/** What this server says of itself, and what of it others see. Switches count at once; words when they are saved. */
export function SiteSettingsPage() {
  const { value, fault, load } = useLoaded<ServerSettings>(PATH)
  return (
    <>
      <ColumnHead title={t('site.title', 'The server')} />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={6} />}
      {value && <Wishes start={value} />}
    </>
  )
}

function Wishes({ start }: { start: ServerSettings }) {
  const [now, change] = useWishes(start, ['PATCH', PATH], () => t('site.saved', 'Saved.'))
  return (
    <div class="settings-page joining-page">
      <Words now={now} change={change} />
      <Pictures />
      <Feeds now={now} change={change} />
      <Found now={now} change={change} />
      <Told now={now} change={change} />
      <Kept now={now} change={change} />
    </div>
  )
}

function Words({ now, change }: Part) {
  const fields: Field[] = [
    { name: 'title', label: t('site.name', 'Name'), most: 100, isNeeded: true },
    {
      name: 'description',
      label: t('site.description', 'In a sentence'),
      help: t('site.descriptionHelp', 'Stands on the front page, in apps, and where servers are listed.'),
      most: 1000,
      rows: 3,
    },
    {
      name: 'contact_email',
      label: t('site.email', 'Address for letters'),
      help: t('site.emailHelp', 'Everybody can read it.'),
      most: 254,
    },
    {
      name: 'contact_account',
      label: t('site.account', 'Whom to turn to'),
      help: t('site.accountHelp', 'The name of a member. Their picture and name stand on the page about the server.'),
      most: 30,
    },
    {
      name: 'languages',
      label: t('site.languages', 'Languages'),
      help: t('site.languagesHelp', 'What is spoken here, the usual one first, in short: en, de.'),
      most: 200,
      isNeeded: true,
    },
    {
      name: 'status_url',
      label: t('site.status', 'Page about outages'),
      help: t('site.statusHelp', 'On another server, so that it answers when this one does not.'),
      most: 500,
    },
  ]
  const values = Object.fromEntries(fields.map(({ name }) => [name, now[name as keyof ServerSettings]]))
  return (
    <Group id="words" title={t('site.words', 'What it says of itself')}>
      <FieldForm fields={fields} values={values} save={change} />
    </Group>
  )
}

const feedChoices = () =>
  [
    ['public', t('site.everybody', 'Everybody')],
    ['authenticated', t('site.members', 'Members')],
    ['disabled', t('site.nobody', 'Nobody')],
  ] as const

function Feeds({ now, change }: Part) {
  return (
    <Group
      id="feeds"
      title={t('site.feeds', 'Who may read along')}
      note={t('site.feedsNote', 'A single post, and the page of a person, everybody can open who knows the address.')}
    >
      <ChoiceRow
        id="local_feed"
        label={t('site.localFeed', 'All posts from here')}
        help={t('site.localFeedHelp', 'The front page for visitors shows them too.')}
        value={now.local_feed}
        choices={feedChoices()}
        choose={(local_feed) => void change({ local_feed })}
      />
      <ChoiceRow
        id="remote_feed"
        label={t('site.remoteFeed', 'All posts from other servers')}
        value={now.remote_feed}
        choices={feedChoices()}
        choose={(remote_feed) => void change({ remote_feed })}
      />
      <ChoiceRow
        id="local_topics"
        label={t('site.localTopics', 'Hashtags, from here')}
        value={now.local_topics}
        choices={[
          ['public', t('site.everybody', 'Everybody')],
          ['authenticated', t('site.members', 'Members')],
        ]}
        choose={(local_topics) => void change({ local_topics })}
      />
      <ChoiceRow
        id="remote_topics"
        label={t('site.remoteTopics', 'Hashtags, from other servers')}
        value={now.remote_topics}
        choices={feedChoices()}
        choose={(remote_topics) => void change({ remote_topics })}
      />
    </Group>
  )
}

function Found({ now, change }: Part) {
  return (
    <Group id="found" title={t('site.found', 'Finding people and topics')}>
      <SwitchRow
        id="trends"
        label={t('site.trends', 'Show what is talked about')}
        help={t('site.trendsHelp', 'Posts, hashtags and links that many people share, under Explore.')}
        isOn={now.trends === 'on'}
        choose={(isOn) => void change({ trends: isOn ? 'on' : 'off' })}
      />
      <SwitchRow
        id="profile_directory"
        label={t('site.directory', 'A directory of people')}
        help={t('site.directoryHelp', 'Only of those who want to be found.')}
        isOn={now.profile_directory === 'on'}
        choose={(isOn) => void change({ profile_directory: isOn ? 'on' : 'off' })}
      />
    </Group>
  )
}

const audienceChoices = () =>
  [
    ['all', t('site.everybody', 'Everybody')],
    ['users', t('site.members', 'Members')],
    ['disabled', t('site.nobody', 'Nobody')],
  ] as const

function Told({ now, change }: Part) {
  return (
    <Group id="told" title={t('site.told', 'What others are told')}>
      <ChoiceRow
        id="show_domain_blocks"
        label={t('site.blocks', 'Who sees which servers are limited or shut out')}
        value={now.show_domain_blocks}
        choices={audienceChoices()}
        choose={(show_domain_blocks) => void change({ show_domain_blocks })}
      />
      <ChoiceRow
        id="show_domain_blocks_rationale"
        label={t('site.reasons', 'Who sees the reasons')}
        help={t('site.reasonsHelp', 'Only the public comment; notes of the team stay with it.')}
        value={now.show_domain_blocks_rationale}
        choices={audienceChoices()}
        choose={(show_domain_blocks_rationale) => void change({ show_domain_blocks_rationale })}
      />
      <SwitchRow
        id="peers_api"
        label={t('site.peers', 'List the servers that this one knows')}
        isOn={now.peers_api === 'on'}
        choose={(isOn) => void change({ peers_api: isOn ? 'on' : 'off' })}
      />
      <SwitchRow
        id="activity_api"
        label={t('site.activity', 'Tell how much happens here')}
        help={t('site.activityHelp', 'Posts, visits and sign-ups, counted by week. Nobody is named.')}
        isOn={now.activity_api === 'on'}
        choose={(isOn) => void change({ activity_api: isOn ? 'on' : 'off' })}
      />
    </Group>
  )
}

function Kept({ now, change }: Part) {
  const days = (n: number) => t('site.days', '{n, plural, one {# day} other {# days}}', { n })
  return (
    <Group
      id="kept"
      title={t('site.kept', 'How long things are kept')}
      note={t(
        'site.keptNote',
        'Copies of pictures from other servers go by themselves; HAMLET_PICTURE_CACHE_DAYS says when. Posts from other servers stay while anybody here may miss them.',
      )}
    >
      <ChoiceRow
        id="deletion_days"
        label={t('site.deletionDays', 'Deleted accounts can be brought back for')}
        value={now.deletion_days}
        choices={(['7', '14', '30', '60', '90'] as const).map((one) => [one, days(Number(one))] as const)}
        choose={(deletion_days) => void change({ deletion_days })}
      />
    </Group>
  )
}
