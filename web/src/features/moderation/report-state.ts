import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'

export type Category = 'spam' | 'legal' | 'violation' | 'other'
export type Report = {
  account: Account
  status: Status | undefined
  category: Category
  rules: string[]
  comment: string
  forward: boolean
  /** Posts that are named with it. */
  posts: string[]
  step: 'reason' | 'posts' | 'words' | 'done'
}

/** What is being told to the moderators; undefined while nothing is. */
export const report = signal<Report | undefined>(undefined)
export const fault = signal('')

export function openReport(account: Account, status?: Status): void {
  fault.value = ''
  report.value = {
    account,
    status,
    category: 'violation',
    rules: [],
    comment: '',
    forward: false,
    posts: status ? [status.id] : [],
    step: 'reason',
  }
}
