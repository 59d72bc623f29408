import type { Page } from '#platform/http'
import { readFieldErrors } from '../faults.ts'
import { field } from '../forms.ts'
import { confirmByHand } from './confirm-by-hand.ts'

const PATH = '/confirm/again'

/** For whoever waits for a link that does not come. */
export const confirmAgainPages: Page[] = [
  { path: PATH, method: 'GET', visit: async () => ({ kind: 'confirm-again', values: {}, errors: {} }) },
  {
    path: PATH,
    method: 'POST',
    visit: async (visit) => {
      const values = { login: field(visit, 'login'), email: field(visit, 'email') }
      try {
        const input = { ...values, password: field(visit, 'password'), ip: visit.ip }
        const email = await confirmByHand(visit.ctx, input)
        return { kind: 'notice', notice: 'confirmationSent', values: { email } }
      } catch (error) {
        return { kind: 'confirm-again', values, errors: readFieldErrors(error), status: 422 }
      }
    },
  },
]
