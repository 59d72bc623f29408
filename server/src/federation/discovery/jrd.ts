export type JrdSubject = { acct: string; profileUrl: string; actorUri: string; avatar?: string | undefined }

/** What WebFinger answers about somebody who lives here (RFC 7033; federation.md g.1). */
export function renderJrd({ acct, profileUrl, actorUri }: JrdSubject, baseUrl: string): Record<string, unknown> {
  return {
    subject: `acct:${acct}`,
    aliases: [profileUrl, actorUri],
    links: [
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: profileUrl },
      { rel: 'self', type: 'application/activity+json', href: actorUri },
      { rel: 'http://ostatus.org/schema/1.0/subscribe', template: `${baseUrl}/authorize_interaction?uri={uri}` },
    ],
  }
}
