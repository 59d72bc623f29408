import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'

/** What a path answers, once it has; `load` asks again. */
export type Loaded<T> = { value: T | undefined; fault: string; load: () => Promise<void> }

export function useLoaded<T>(path: string): Loaded<T> {
  const state = useMemo(() => ({ value: signal<T | undefined>(undefined), fault: signal('') }), [path])
  const load = async () => {
    try {
      state.value.value = await request<T>('GET', path)
    } catch (error) {
      state.fault.value = explain(error)
    }
  }
  useEffect(() => void load(), [path])
  return { value: state.value.value, fault: state.fault.value, load }
}
