import { listRules, readSettings, readTexts } from '#features/settings'
import type { Page } from '#platform/http'
import { renderSiteText } from './present.ts'

const aboutPage: Page = {
  path: '/about',
  load: async ({ ctx }) => {
    const texts = await readTexts(ctx)
    return {
      kind: 'about',
      rules: await listRules(ctx),
      contact: (await readSettings(ctx)).contact_email,
      texts: {
        about: renderSiteText(ctx, texts.extended_description.text),
        privacy: renderSiteText(ctx, texts.privacy_policy.text),
        terms: renderSiteText(ctx, texts.terms_of_service.text),
      },
    }
  },
}

export const pages = [aboutPage]
