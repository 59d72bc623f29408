import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { toast } from '../../ui/toast.tsx'

/** Whether it was taken. */
export type ChangeWish<T> = (wish: Partial<T>) => Promise<boolean>

/** Settings of the server on a screen: each change shows at once, and goes back when it was refused. */
export function useWishes<T extends object>(
  start: T,
  [method, path]: ['PATCH' | 'PUT', string],
  saved: () => string,
): [now: T, change: ChangeWish<T>] {
  const [now, setNow] = useState(start)
  const change: ChangeWish<T> = async (wish) => {
    const before = now
    setNow({ ...now, ...wish })
    try {
      setNow(await request<T>(method, path, { body: wish }))
      toast(saved())
      return true
    } catch (error) {
      setNow(before)
      toast(explain(error))
      return false
    }
  }
  return [now, change]
}
