/**
 * Purpose: hashtags: what they are called, how much they are used, and who follows them; the presenter of hashtags.
 * Owns: tags, tag_follows, tag_days, featured_tags. Events: featuredTagsChanged.
 */
import { defineRoom } from '#platform/room'
import { schedules } from './jobs.ts'
import { eraseTags, takeOutTags } from './leaving.ts'
import { adminTagRoutes } from './routes/admin.ts'
import { routes } from './routes/hashtags.ts'

export { featuredTagsChanged, featureTag, listFeatured, unfeatureTagById, type FeaturedRow } from './feature-tag.ts'
export { noteTags, type WrittenTag } from './note-tags.ts'
export { presentAdminTags, presentTags } from './present.ts'
export { readTag } from './read-tag.ts'
export { decideTag, filterUsable, listTagsToReview, markTagsAsked, requireUsable, type ReviewState } from './review.ts'

export const tags = defineRoom({
  name: 'tags',
  routes: [...routes, ...adminTagRoutes],
  schedules,
  erase: eraseTags,
  takeout: takeOutTags,
})
