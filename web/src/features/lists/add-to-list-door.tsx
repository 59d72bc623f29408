import { lazy, Suspense } from 'preact/compat'
import { adding } from './lists-state.ts'

const AddToListDialog = lazy(() => import('./add-to-list.tsx').then((module) => module.AddToListDialog))

/** Stands in the shell; the dialog itself is fetched when it is first wanted. */
export function AddToList() {
  const account = adding.value
  return account ? (
    <Suspense fallback={null}>
      <AddToListDialog key={account.id} account={account} />
    </Suspense>
  ) : null
}
