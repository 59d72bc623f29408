/**
 * Purpose: words and posts that a person does not want to read, and what of a post fits them.
 * Owns: filters, filter_keywords, filter_statuses, filter_versions. Events: filtersChanged.
 */
import { defineRoom } from '#platform/room'
import { eraseFilters, takeOutFilters } from './leaving.ts'
import { filterRoutes } from './routes/filters.ts'
import { filteredPostRoutes } from './routes/filtered-posts.ts'
import { keywordRoutes } from './routes/keywords.ts'
import { v1FilterRoutes } from './routes/v1-filters.ts'

export { findMatcher, type Matcher } from './match/matcher.ts'
export { presentFiltered, testWords, type TestedWord } from './present.ts'
export { takeOutFilters } from './leaving.ts'
export { findFiltering, listFilters, type FilterRow } from './store.ts'
export { createFilter, deleteFilter, updateFilter } from './write/filters.ts'
export { filtersChanged } from './write/change.ts'
export { addFilteredPost, forgetFilteredPosts } from './write/filtered-posts.ts'

export const filters = defineRoom({
  name: 'filters',
  routes: [...keywordRoutes, ...filteredPostRoutes, ...filterRoutes, ...v1FilterRoutes],
  erase: eraseFilters,
  takeout: takeOutFilters,
})
