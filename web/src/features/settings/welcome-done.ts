import { explain, request } from '../../api/request.ts'
import { isNewcomer } from '../../app/newcomer.ts'
import { toast } from '../../ui/toast.tsx'

/** Never again, on no device. */
export async function endWelcome(): Promise<void> {
  isNewcomer.value = false
  try {
    await request('PATCH', '/api/hamlet/v1/settings', { body: { welcomed: true } })
  } catch (error) {
    toast(explain(error))
  }
}
