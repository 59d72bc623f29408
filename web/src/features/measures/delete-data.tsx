import type { TeamAccount } from '@hamlet/contract/team'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/sign-ups.css'

/** Takes everything of a suspended account away for good, after saying what that is. */
export function DeleteData({ known }: { known: TeamAccount }) {
  const [isAsked, setAsked] = useState(false)
  if (!known.deletable) return null
  return (
    <>
      <h2 class="case-title">{t('measures.deleteData', 'Delete all data')}</h2>
      <p class="meta">{t('measures.deleteDataText', 'A suspension can be taken back. This cannot.')}</p>
      <p class="strike-acts">
        <button class="button button-outline button-small" type="button" onClick={() => setAsked(true)}>
          {t('measures.deleteDataAsk', 'Delete all data…')}
        </button>
      </p>
      {isAsked && <Sure known={known} close={() => setAsked(false)} />}
    </>
  )
}

function Sure({ known, close }: { known: TeamAccount; close: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const { id, account, domain } = known.admin
  const remove = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      await request('DELETE', `/api/v1/admin/accounts/${id}`)
      toast(t('measures.deletionBegun', 'All data of @{handle} is being deleted.', { handle: account.acct }))
      close()
      navigate('/moderation/accounts')
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  const title = t('measures.deleteTitle', 'Delete all data of @{handle}?', { handle: account.acct })
  return (
    <Dialog label={title} class="question delete-data" onClose={close}>
      <h2>{title}</h2>
      <p>
        {t(
          'measures.deleteLost',
          '{posts, plural, one {# post} other {# posts}} with their pictures, the profile, and all follows, favourites and messages are erased. So are reports, decisions and notes about the account.',
          { posts: account.statuses_count },
        )}
      </p>
      <p>
        {domain === null
          ? t(
              'measures.deleteHere',
              'Nobody can sign in with it again, and nobody else gets the name. Nothing brings it back.',
            )
          : t('measures.deleteElsewhere', 'The account stays suspended here. Nothing brings back what is erased.')}
      </p>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('measures.keepData', 'Keep it')}
        </button>
        <button class="button button-danger" type="button" aria-busy={isBusy} onClick={() => void remove()}>
          {t('measures.deleteNow', 'Delete for good')}
        </button>
      </p>
    </Dialog>
  )
}
