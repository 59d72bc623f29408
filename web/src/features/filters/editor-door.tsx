import { lazy, Suspense } from 'preact/compat'
import { draft } from './editor-state.ts'

const FilterEditor = lazy(() => import('./editor.tsx').then((module) => module.FilterEditor))

/** The editor comes when somebody writes a filter. */
export function FilterDoor() {
  return draft.value ? (
    <Suspense fallback={null}>
      <FilterEditor />
    </Suspense>
  ) : null
}
