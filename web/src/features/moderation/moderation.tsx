import { match } from '../../app/router.ts'
import { CasePage } from './cases/case-page.tsx'
import { QueuePage, tabPaths } from './queue.tsx'

/** What the team has to decide (pictures 13a, 13b). */
export function Moderation({ path }: { path: string }) {
  const report = match('/moderation/reports/:id', path)
  if (report?.id) return <CasePage key={report.id} id={report.id} />
  return <QueuePage asked={path === tabPaths['sign-ups'] ? 'sign-ups' : 'reports'} />
}
