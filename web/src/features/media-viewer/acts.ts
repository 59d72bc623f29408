import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { pathOfPicture } from './state.ts'

/** Where a file is read in full: at its own server, where that is another one. */
export function originalOf({ url, remote_url }: MediaAttachment): string {
  return remote_url ?? url ?? ''
}

/** Saves the file where the reader's browser saves files. */
export function download({ url }: MediaAttachment): void {
  const link = document.createElement('a')
  link.href = url ?? ''
  link.download = ''
  link.click()
}

/** A post of this server leads to the very picture; one from elsewhere to its page there. */
export async function copyPictureLink(status: Status, path: string, index: number): Promise<void> {
  const url = status.url ?? status.uri
  const isOurs = url.startsWith(`${location.origin}/`)
  await navigator.clipboard.writeText(isOurs ? location.origin + pathOfPicture(path, index) : url)
  toast(t('statuses.linkCopied', 'The link is copied.'))
}

export async function copyDescription(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast(t('viewer.descriptionCopied', 'The description is copied.'))
}
