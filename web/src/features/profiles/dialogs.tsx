import type { Account } from '@hamlet/contract/account'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { relationshipOf } from '../../api/store.ts'
import { language, t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { nameOf } from '../../ui/name.tsx'
import { changeFollow, setServerBlock } from './acts.ts'
import { dialogOf } from './dialogs-state.ts'

const close = () => (dialogOf.value = undefined)

/** Asks what needs more than one press. */
export function ProfileDialogs() {
  const wanted = dialogOf.value
  if (wanted?.kind === 'languages') return <LanguagesDialog account={wanted.account} />
  if (wanted?.kind === 'server') return <ServerDialog account={wanted.account} host={wanted.host} />
  return null
}

const COMMON = 'en de fr es pt it nl nb sv da fi pl cs tr el ru uk ar he fa hi ja ko zh'.split(' ')

/** In which languages posts of somebody come home; none chosen stands for all. */
function LanguagesDialog({ account }: { account: Account }) {
  const before = relationshipOf(account.id).peek()?.languages ?? []
  const [chosen, setChosen] = useState<readonly string[]>(before)
  const names = new Intl.DisplayNames(language(), { type: 'language' })
  const own = navigator.languages.map((tag) => tag.split('-')[0] ?? tag)
  const all = [...new Set([...before, ...own, ...COMMON])]
  const title = t('profiles.languagesOf', 'Posts of {name} in your home', { name: nameOf(account) })
  const save = async () => {
    const said = t('profiles.languagesKept', 'Your home follows your choice from now on.')
    if (await changeFollow(account, { languages: [...chosen] }, said)) close()
  }
  return (
    <Dialog label={title} class="profile-dialog" onClose={close}>
      <h2 dir="auto">{title}</h2>
      <p class="meta">{t('profiles.languagesHelp', 'Choose languages. Without a choice, all posts are there.')}</p>
      <div class="profile-choices">
        {all.map((tag) => (
          <label class="check" key={tag}>
            <input
              type="checkbox"
              checked={chosen.includes(tag)}
              onChange={(event) =>
                setChosen(event.currentTarget.checked ? [...chosen, tag] : chosen.filter((one) => one !== tag))
              }
            />
            <span>{names.of(tag) ?? tag}</span>
          </label>
        ))}
      </div>
      <footer class="profile-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('profiles.cancel', 'Cancel')}
        </button>
        <button class="button button-primary" type="button" onClick={() => void save()}>
          {t('profiles.save', 'Save')}
        </button>
      </footer>
    </Dialog>
  )
}

type Loss = { following_count: number; followers_count: number }

/** What blocking a whole server does, with what it would end, before it is done. */
function ServerDialog({ account, host }: { account: Account; host: string }) {
  const [loss, setLoss] = useState<Loss | undefined>(undefined)
  const [fault, setFault] = useState('')
  useEffect(() => {
    request<Loss>('GET', `/api/v1/domain_blocks/preview?domain=${encodeURIComponent(host)}`)
      .then(setLoss)
      .catch((error: unknown) => setFault(explain(error)))
  }, [host])
  const title = t('profiles.blockServerAsk', 'Block all of {host}?', { host })
  return (
    <Dialog label={title} class="profile-dialog" onClose={close}>
      <h2>{title}</h2>
      <ul class="profile-effects">
        <li>{t('profiles.serverHidden', 'You see no posts and no mentions from there. Only you: others do.')}</li>
        <li aria-live="polite">
          {loss
            ? t(
                'profiles.serverLoss',
                'You stop following {following, plural, one {# person} other {# people}}, and {followers, plural, one {# person there no longer follows} other {# people there no longer follow}} you.',
                { following: loss.following_count, followers: loss.followers_count },
              )
            : fault || t('profiles.serverCounting', 'Counting the follows that would end')}
        </li>
        <li>
          {t('profiles.serverBack', 'The block can be ended. Follows that it ended do not come back by themselves.')}
        </li>
      </ul>
      <footer class="profile-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('profiles.cancel', 'Cancel')}
        </button>
        <button
          class="button button-primary"
          type="button"
          onClick={async () => {
            if (await setServerBlock(host, account, true)) close()
          }}
        >
          {t('profiles.blockServerDo', 'Block {host}', { host })}
        </button>
      </footer>
    </Dialog>
  )
}
