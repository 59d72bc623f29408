/**
 * Where our answers differ from Mastodon's published description, each with its reason. `app/facts.test.ts` fails for
 * whatever differs and is not listed, and for whatever is listed and differs no longer; `docs/api.md` tells readers.
 */
export type Difference = {
  /** In the words of `test/facts.ts`: entity, property, and in which way. */
  what: readonly string[]
  /** The only route on which it may occur; any, where none is named. */
  on?: string
  /** `mastodon` answers so itself, and the description does not know; what is `ours` is for us to change. */
  whose: 'mastodon' | 'ours'
  reason: string
}

const never = (entity: string, ...properties: string[]) => properties.map((name) => `${entity}.${name}: never sent`)

export const differences: readonly Difference[] = [
  {
    what: ['Status.content: missing'],
    on: 'DELETE /api/v1/statuses/:id',
    whose: 'mastodon',
    reason: 'The answer to a deletion holds the text as it was typed, in place of its HTML.',
  },
  {
    what: ['V1Filter: no object'],
    on: 'GET /api/v1/filters',
    whose: 'mastodon',
    reason: 'The answer is a list of filters; the description names a single one.',
  },
  {
    what: ['FilterStatus.id: missing', 'FilterStatus.status_id: missing'],
    on: 'DELETE /api/v2/filters/statuses/:id',
    whose: 'mastodon',
    reason: 'The answer is empty; the description names what was taken away.',
  },
  {
    what: never('CredentialAccount', 'memorial'),
    whose: 'mastodon',
    reason: 'Nobody signs in as somebody who is remembered (mastodon-features 8).',
  },
  {
    what: never('OEmbedResponse', 'height'),
    whose: 'mastodon',
    reason: 'Null unless the asker names a greatest height.',
  },
  {
    what: never('TermsOfService', 'succeeded_by'),
    whose: 'mastodon',
    reason: 'Null unless other terms are to follow; ours are in force as soon as they are written.',
  },
  {
    what: ['PreviewCard.embed_url: no uri', 'TrendsLink.embed_url: no uri'],
    whose: 'mastodon',
    reason: 'An empty text where there is no player; the address of an author who has none is empty, too.',
  },
  {
    what: never('CredentialAccount', 'suspended'),
    whose: 'mastodon',
    reason: 'Whoever is suspended cannot ask for their own account.',
  },
  {
    what: [...never('Notification', 'fallback'), ...never('NotificationGroup', 'fallback')],
    whose: 'mastodon',
    reason: 'Only for types that are newer than the app; we make none of these.',
  },
  {
    what: ['WebPushSubscription.id: no string'],
    whose: 'mastodon',
    reason: 'A number, as in the examples that Mastodon shows to app developers.',
  },
  {
    what: ['Instance.source_url: no uri'],
    whose: 'ours',
    reason: 'Empty until the server can be told where its source is published.',
  },
  {
    what: never('ScheduledStatus.params', 'idempotency', 'scheduled_at'),
    whose: 'mastodon',
    reason: 'What the server notes for itself is not shown; the hour stands beside the parameters.',
  },
  {
    what: ['ScheduledStatus.params.in_reply_to_id: no integer,null'],
    whose: 'ours',
    reason: 'Ids are text everywhere: a JSON number of this size is not read exactly by every app.',
  },
  {
    what: never('CredentialAccount', 'moved'),
    whose: 'mastodon',
    reason: 'Whoever moved away is let in by no app; our own pages show them what is left to do.',
  },
  {
    what: ['PUT /api/v1/profile: status 200'],
    whose: 'mastodon',
    reason: 'Mastodon answers PUT as it answers PATCH; its description knows only the latter.',
  },
  {
    what: [
      ...never('Notification', 'event', 'moderation_warning', 'collection'),
      ...never('NotificationGroup', 'event', 'moderation_warning'),
    ],
    whose: 'ours',
    reason: 'These notifications are not made yet.',
  },
  {
    what: never('MetaDetails', 'duration', 'frame_rate', 'bitrate'),
    whose: 'ours',
    reason: 'Uploads are pictures; there is no video and no sound yet.',
  },
  {
    what: never('Instance.registrations', 'message', 'min_age'),
    whose: 'mastodon',
    reason: 'Words for those who find the door closed, and an age limit: null in a town that is open to all.',
  },
  {
    what: [
      ...never('Instance.configuration.urls', 'status'),
      ...never('Instance.registrations', 'url'),
      ...never('Instance.thumbnail', 'blurhash', 'versions'),
      ...never('Instance', 'wrapstodon'),
      ...never('Instance.contact', 'account'),
      ...never('V1Instance', 'contact_account'),
    ],
    whose: 'ours',
    reason: 'A team cannot set these yet.',
  },
]
