/** What a webhook may be told of (mastodon-features, webhooks), and the permission that whoever sets it up needs. */
export const webhookEvents = {
  'account.approved': 'manage_users',
  'account.created': 'manage_users',
  'account.updated': 'manage_users',
  'report.created': 'manage_reports',
  'report.updated': 'manage_reports',
  'status.created': 'view_devops',
  'status.updated': 'view_devops',
} as const
export type WebhookEvent = keyof typeof webhookEvents
export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[]

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g

/**
 * Fills the places of a template: texts as the inside of a JSON string, everything else as JSON, what there is not as
 * null.
 */
export function fillTemplate(template: string, payload: unknown): string {
  return template.replaceAll(PLACE, (_whole, path: string) => {
    const value = path.split('.').reduce<unknown>((found, part) => {
      if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined
      return (found as Record<string, unknown>)[part]
    }, payload)
    const json = JSON.stringify(value ?? null)
    return typeof value === 'string' ? json.slice(1, -1) : json
  })
}

/** Whether what a template gives is JSON, whatever stands in its places. */
export function isJsonTemplate(template: string): boolean {
  try {
    JSON.parse(template.replaceAll(PLACE, '0'))
    return true
  } catch {
    return false
  }
}
