import type { Visibility } from '@hamlet/contract/status'
import type { IconName } from '../../../sprite.ts'
import { t } from '../../i18n/words.ts'

export const audienceIcons: Record<Visibility, IconName> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'private',
  direct: 'direct',
}

/** Who can see a post, as a name. */
export function audienceName(visibility: Visibility): string {
  return {
    public: t('statuses.everyone', 'Everyone'),
    unlisted: t('statuses.everyoneQuietly', 'Everyone, quietly'),
    private: t('statuses.followers', 'Followers'),
    direct: t('statuses.mentioned', 'Mentioned people'),
  }[visibility]
}
