import { roomsStyle } from '../../app/rooms-style.ts'
import { later } from '../../ui/later.tsx'
import { report } from './report-state.ts'

const ReportSheet = later<object>(async () => {
  try {
    const [module] = await Promise.all([import('./report-sheet.tsx'), roomsStyle()])
    return module.ReportSheet
  } catch (error) {
    // Pressed again, it is asked for again.
    report.value = undefined
    throw error
  }
})

/** Stands in the shell; the sheet itself is fetched when somebody reports. */
export function ReportDoor() {
  return report.value ? <ReportSheet /> : null
}
