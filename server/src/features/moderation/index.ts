/**
 * Purpose: reports, what the team decides, and appeals against it. Owns: reports, strikes, appeals. Events: reportFiled.
 */
import { defineRoom } from '#platform/room'
import { eraseModeration, takeOutModeration } from './leaving.ts'
import { pages } from './pages.ts'
import { deliverFlag } from './report.ts'
import { mailStrike } from './strikes.ts'
import { accountRoutes } from './routes/accounts.ts'
import { domainRoutes } from './routes/domains.ts'
import { gateRoutes } from './routes/gates.ts'
import { addressRoutes } from './routes/networks.ts'
import { listRoutes } from './routes/lists.ts'
import { reportRoute } from './routes/report.ts'
import { adminReportRoutes } from './routes/reports.ts'
import { serverRoutes } from './routes/servers.ts'
import { signUpRoutes } from './routes/sign-ups.ts'
import { decideAll } from './servers/lists.ts'
import { teamRoutes } from './routes/team.ts'

export { appealStrike, decideAppeal, fileAppeal } from './appeal.ts'
export { actOnAccount, liftMeasure } from './act.ts'
export type { Decision } from './decisions.ts'
export { decideReport } from './decide.ts'
export { handleFlag } from './inbox.ts'
export { presentReports } from './present/cases.ts'
export { deliverFlag, fileReport, reportFiled, type NewReport } from './report.ts'
export { findReport } from './store.ts'
export { strike } from './strikes.ts'

export const moderation = defineRoom({
  name: 'moderation',
  routes: [
    reportRoute,
    ...teamRoutes,
    ...accountRoutes,
    ...adminReportRoutes,
    ...signUpRoutes,
    ...gateRoutes,
    ...addressRoutes,
    ...domainRoutes,
    ...serverRoutes,
    ...listRoutes,
  ],
  pages,
  jobs: [mailStrike, deliverFlag, decideAll],
  erase: eraseModeration,
  takeout: takeOutModeration,
})
