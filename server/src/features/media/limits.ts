/** What is taken here: facts of the instance's configuration (mastodon-limits 3). */
export const mediaLimits = {
  imageBytes: 16_777_216,
  imagePixels: 33_177_600,
  /** One frame of a moving picture. */
  framePixels: 921_600,
  descriptionLength: 1_500,
  perStatus: 4,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
} as const

/** What is kept of a picture, in pixels. */
export const keptPixels = { original: 8_294_400, small: 230_400 } as const

/** mastodon-limits 3, emoji; what is kept of one is drawn at the height of a line. */
export const emojiPicture = { bytes: 262_144, pixels: 65_536 } as const
