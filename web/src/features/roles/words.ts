import { t } from '../../i18n/words.ts'

export const PATH = '/api/web/admin/roles'
/** Empty is the role that everybody has. */
export const roleName = (role: { name: string }): string => role.name || t('roles.everybody', 'Everybody')
