import type { AdminAccount } from '@hamlet/contract/sign-up'
import type { SuspensionProposal } from '@hamlet/contract/team'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'
import { untilText } from './words.ts'

/** What stands against an account now, as small words. */
export function Marks({ account }: { account: AdminAccount }) {
  const marks = [
    account.suspended && t('measures.suspended', 'Suspended'),
    account.disabled === true && t('measures.disabled', 'Frozen'),
    account.silenced && t('measures.silenced', 'Limited'),
    account.sensitized && t('measures.sensitized', 'Media covered'),
    account.approved === false && t('measures.pending', 'Waiting to be let in'),
  ].filter((mark) => mark !== false)
  return (
    <>
      {marks.map((mark) => (
        <span class="tag" key={mark}>
          {mark}
        </span>
      ))}
    </>
  )
}

/** A suspension that waits for a second moderator; whoever proposed it can only take it away. */
export function Proposal({ proposal, done }: { proposal: SuspensionProposal; done: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const answer = async (verb: 'confirm' | 'withdraw') => {
    if (isBusy) return
    setBusy(true)
    try {
      await request('POST', `/api/web/moderation/proposals/${proposal.id}/${verb}`)
      toast(verb === 'confirm' ? t('measures.confirmed', 'Suspended.') : t('measures.withdrawn', 'Withdrawn.'))
      done()
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  const by = proposal.proposer ? nameOf(proposal.proposer) : t('measures.somebody', 'Somebody who is gone')
  return (
    <div class="person-row second-person">
      <Avatar src={proposal.target.avatar} size={36} />
      <span class="queue-who">
        <strong dir="ltr">@{proposal.target.acct}</strong>
        <span>
          {t('measures.proposed', '{name} wants to suspend this account. A second moderator has to confirm.', {
            name: by,
          })}{' '}
          <span class="meta">{untilText(proposal.expires_at)}</span>
        </span>
        {proposal.text && <span dir="auto">“{proposal.text}”</span>}
      </span>
      <span class="person-acts">
        <button
          class="button button-outline button-small"
          type="button"
          aria-busy={isBusy}
          onClick={() => void answer('withdraw')}
        >
          {t('measures.withdraw', 'Withdraw')}
        </button>
        {!proposal.own && (
          <button
            class="button button-danger button-small"
            type="button"
            aria-busy={isBusy}
            onClick={() => void answer('confirm')}
          >
            {t('measures.confirm', 'Confirm')}
          </button>
        )}
      </span>
    </div>
  )
}
