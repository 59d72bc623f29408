import { lazy, Suspense } from 'preact/compat'
import type { ComponentProps } from 'preact'

/** What most posts are written without: each is loaded when it is asked for. */
const LazyDrafts = lazy(() => import('./drafts-dialog.tsx').then((module) => module.DraftsDialog))
const LazyFocus = lazy(() => import('./focal-point.tsx').then((module) => module.FocalPoint))
const LazyNotes = lazy(() => import('./edit-notes.tsx').then((module) => module.EditNotes))
const LazyConflict = lazy(() => import('./conflict.tsx').then((module) => module.Conflict))

export const DraftsDialog = (props: ComponentProps<typeof LazyDrafts>) => (
  <Suspense fallback={null}>
    <LazyDrafts {...props} />
  </Suspense>
)

export const FocalPoint = (props: ComponentProps<typeof LazyFocus>) => (
  <Suspense fallback={null}>
    <LazyFocus {...props} />
  </Suspense>
)

export const EditNotes = (props: ComponentProps<typeof LazyNotes>) => (
  <Suspense fallback={null}>
    <LazyNotes {...props} />
  </Suspense>
)

export const Conflict = (props: ComponentProps<typeof LazyConflict>) => (
  <Suspense fallback={null}>
    <LazyConflict {...props} />
  </Suspense>
)
