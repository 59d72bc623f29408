import { fromDraft } from './convert.ts'
import { adopt, saveNow, saveState, theirs } from './drafts.ts'
import { writing } from './model.ts'
import { local } from './store.ts'

export type Choice = 'mine' | 'theirs' | 'both'

/** Ends a conflict in the way that was chosen; whatever it is, nothing that was not given up is lost. */
export async function settle(choice: Choice): Promise<void> {
  const [now, other] = [writing.value, theirs.value]
  if (!now || !other) return
  theirs.value = undefined
  if (choice === 'theirs') {
    adopt(now, other)
    writing.value = { ...(await fromDraft(other)), localId: now.localId }
    saveState.value = 'saved'
    return
  }
  if (choice === 'mine') adopt(now, other)
  else {
    const { draft: _, ...rest } = now
    await local.dropDraft(now.localId)
    writing.value = { ...rest, localId: crypto.randomUUID() }
  }
  await saveNow()
}
