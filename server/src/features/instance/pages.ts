import { listRules, readSettings } from '#features/settings'
import type { Page } from '#platform/http'

const aboutPage: Page = {
  path: '/about',
  load: async ({ ctx }) => ({
    kind: 'about',
    rules: await listRules(ctx),
    contact: (await readSettings(ctx)).contact_email,
  }),
}

export const pages = [aboutPage]
