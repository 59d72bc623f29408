import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { ChoiceRow, Group, SwitchRow } from './rows.tsx'
import { saveAccount } from './save.ts'

/** Who finds a person, and who sees what they write. */
export function PrivacyPage() {
  return (
    <>
      <ColumnHead title={t('settings.privacy', 'Privacy and reach')} back />
      <Reach />
      <Posts />
    </>
  )
}

function Reach() {
  const { locked, discoverable, indexable, hide_collections } = me.value
  return (
    <Group id="reach-caption" title={t('settings.reachCaption', 'Who finds you')}>
      <SwitchRow
        id="locked"
        label={t('settings.locked', 'Ask me before somebody follows')}
        help={t('settings.lockedHelp', 'People who follow you already stay.')}
        isOn={locked}
        choose={(isOn) => void saveAccount({ locked: isOn }, { locked })}
      />
      <SwitchRow
        id="discoverable"
        label={t('settings.discoverable', 'Recommend me')}
        help={t('settings.discoverableHelp', 'In the directory, and to people who look for somebody to follow.')}
        isOn={discoverable === true}
        choose={(isOn) => void saveAccount({ discoverable: isOn }, { discoverable: discoverable === true })}
      />
      <SwitchRow
        id="indexable"
        label={t('settings.indexable', 'Let my public posts be searched')}
        help={t('settings.indexableHelp', 'Here and by search engines.')}
        isOn={indexable}
        choose={(isOn) => void saveAccount({ indexable: isOn }, { indexable })}
      />
      <SwitchRow
        id="hide-collections"
        label={t('settings.hideCollections', 'Hide whom I follow and who follows me')}
        help={t('settings.hideCollectionsHelp', 'The numbers stay to be seen.')}
        isOn={hide_collections === true}
        choose={(isOn) => void saveAccount({ hide_collections: isOn }, { hide_collections: hide_collections === true })}
      />
    </Group>
  )
}

function Posts() {
  const { privacy, quote_policy, sensitive } = me.value.source
  return (
    <Group
      id="posts-caption"
      title={t('settings.postsCaption', 'New posts')}
      note={t('settings.postsNote', 'You can choose otherwise for every single post.')}
    >
      <ChoiceRow
        id="privacy"
        label={t('settings.visibility', 'Who sees new posts')}
        value={privacy}
        choices={[
          ['public', t('settings.public', 'Everybody')],
          ['unlisted', t('settings.unlisted', 'Everybody, but in no public list')],
          ['private', t('settings.private', 'Followers only')],
        ]}
        choose={(value) => void saveAccount({ source: { privacy: value } }, { source: { privacy } })}
      />
      <ChoiceRow
        id="quote-policy"
        label={t('settings.quotes', 'Who may quote them')}
        value={quote_policy}
        choices={[
          ['public', t('settings.quotedByAll', 'Everybody')],
          ['followers', t('settings.quotedByFollowers', 'Followers only')],
          ['nobody', t('settings.quotedByNobody', 'Nobody')],
        ]}
        choose={(value) => void saveAccount({ source: { quote_policy: value } }, { source: { quote_policy } })}
      />
      <SwitchRow
        id="sensitive"
        label={t('settings.sensitive', 'Mark my media as sensitive')}
        help={t('settings.sensitiveHelp', 'Pictures are covered until somebody asks for them.')}
        isOn={sensitive}
        choose={(isOn) => void saveAccount({ source: { sensitive: isOn } }, { source: { sensitive } })}
      />
    </Group>
  )
}
