import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { changeStatus } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 24 * HOUR_SECONDS

/** Shown at once; when it fails, the post is as it was before, and the person is told. */
/** Hears no more of a thread, for a time or for ever, or hears of it again. */
export async function setThreadMuted(status: Status, muted: boolean, durationSeconds = 0): Promise<void> {
  const before = status.muted ?? false
  changeStatus(status.id, (one) => ({ ...one, muted }))
  try {
    const verb = muted ? 'mute' : 'unmute'
    await request('POST', `/api/v1/statuses/${status.id}/${verb}`, {
      body: muted ? { duration: durationSeconds } : {},
    })
    toast(
      muted
        ? t('direct-threads.muted', 'This thread is muted: you are told nothing more of it.')
        : t('direct-threads.unmuted', 'You are told of this thread again.'),
    )
  } catch (error) {
    changeStatus(status.id, (one) => ({ ...one, muted: before }))
    toast(explain(error))
  }
}

/** For the menu of a post: mute its thread for an hour, a day or for ever, or hear of it again. */
export function threadMuteItems(status: Status): MenuItem[] {
  if (status.muted)
    return [
      {
        label: t('direct-threads.unmute', 'Unmute this thread'),
        icon: 'notifications',
        run: () => void setThreadMuted(status, false),
      },
    ]
  const item = (label: string, seconds: number): MenuItem => ({
    label,
    icon: 'mute',
    run: () => void setThreadMuted(status, true, seconds),
  })
  return [
    item(t('direct-threads.muteHour', 'Mute this thread for an hour'), HOUR_SECONDS),
    item(t('direct-threads.muteDay', 'Mute this thread for a day'), DAY_SECONDS),
    item(t('direct-threads.mute', 'Mute this thread'), 0),
  ]
}
