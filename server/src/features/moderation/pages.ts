import { readFault } from '#features/users'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import type { Page, PageContent } from '#platform/http'
import { closedPagesOfAccount } from './closed-pages.ts'
import { fileAppeal, findStrikeBySecret } from './appeal.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const over: PageContent = { kind: 'notice', notice: 'appealNowhere', status: 404 }

const appealPage: Page = {
  path: '/appeal',
  method: 'GET',
  visit: async ({ ctx, query }) => {
    const key = text(query.key)
    const strike = await findStrikeBySecret(ctx, key)
    if (!strike) return over
    if (strike.appeal_id) return { kind: 'notice', notice: 'appealedAlready' }
    return { kind: 'appeal', key, action: strike.action, words: strike.text, values: {}, errors: {} }
  },
}

const appealForm: Page = {
  path: '/appeal',
  method: 'POST',
  limit: { family: 'appeal', max: 20, windowMs: 3_600_000 },
  visit: async ({ ctx, body }) => {
    const key = text(body.key)
    try {
      await transact(ctx, (tx) => fileAppeal(tx, key, text(body.text)))
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'notFound') return over
      const strike = await findStrikeBySecret(ctx, key)
      if (!strike) return over
      const errors = { form: readFault(error) }
      return { kind: 'appeal', key, action: strike.action, words: strike.text, values: {}, errors, status: 422 }
    }
    return { kind: 'notice', notice: 'appealFiled' }
  },
}

export const pages: Page[] = [appealPage, appealForm, ...closedPagesOfAccount]
