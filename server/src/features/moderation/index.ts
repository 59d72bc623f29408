/**
 * Purpose: reports, what the team decides, and appeals against it. Owns: reports, report_evidence, report_media,
 * evidence_reveals, case_looks, moderation_views, bulk_decisions, bulk_items, strikes, appeals,
 * warning_presets, moderation_notes, suspension_proposals, rule_trials, decision_lines.
 * Events: reportFiled, reportChanged, reportResolved, strikeGiven.
 */
import { defineRoom } from '#platform/room'
import { eraseModeration, takeOutModeration } from './leaving.ts'
import { mailHoldDecision } from './rules/mail-decision.ts'
import { pages } from './pages.ts'
import { evidenceSchedules, keepEvidenceFiles } from './cases/evidence/files.ts'
import { runBulk } from './cases/bulk/run-bulk.ts'
import { mailOutcomes } from './cases/outcome/report-resolved.ts'
import { caseRoutes } from './routes/cases.ts'
import { deliverFlag } from './outbox.ts'
import { measureSchedules } from './measures/jobs.ts'
import { letterJobs } from './appeals/letters.ts'
import { accountRoutes } from './routes/accounts.ts'
import { domainRoutes } from './routes/domains.ts'
import { gateRoutes } from './routes/gates.ts'
import { heldRoutes } from './routes/held.ts'
import { logRoutes } from './routes/log.ts'
import { measureRoutes } from './routes/measures.ts'
import { addressRoutes } from './routes/networks.ts'
import { listRoutes } from './routes/lists.ts'
import { relayRoutes } from './routes/relays.ts'
import { reportRoute } from './routes/report.ts'
import { queueRoutes } from './routes/queue.ts'
import { adminReportRoutes } from './routes/reports.ts'
import { trialSchedules } from './rules/jobs.ts'
import { runTrial } from './rules/try-rule.ts'
import { trialRoutes } from './routes/trials.ts'
import { contentRuleRoutes } from './routes/rules.ts'
import { serverRoutes } from './routes/servers.ts'
import { signUpRoutes } from './routes/sign-ups.ts'
import { standingRoutes } from './routes/standing.ts'
import { teamAccountRoutes } from './routes/team-accounts.ts'
import { teamWaysRoutes } from './routes/team-ways.ts'
import { decideAll } from './servers/lists.ts'
import { teamRoutes } from './routes/team.ts'
import { tellTeamJobs, tellTeamSchedules } from './tell-team.ts'

export { appealStrike, decideAppeal, fileAppeal } from './appeal.ts'
export { actOnAccount, liftMeasure } from './act.ts'
export type { Decision } from './decisions.ts'
export { decideReport } from './decide.ts'
export { mailOutcomes, reportResolved } from './cases/outcome/report-resolved.ts'
export { handleFlag } from './inbox.ts'
export { presentAdminAccounts } from './present/accounts.ts'
export { readPublicLog } from './log/public-log.ts'
export { presentReports } from './present/cases.ts'
export { presentAdminReports } from './present/reports.ts'
export { deliverFlag } from './outbox.ts'
export { reportChanged } from './reports/change-report.ts'
export { fileReport, reportFiled, type NewReport } from './report.ts'
export { tryRule } from './rules/try-rule.ts'
export { mailHoldDecision } from './rules/mail-decision.ts'
export { carryOut, type Deed } from './measures/carry-out.ts'
export { reverseStrike, undoStrike } from './measures/undo.ts'
export { findReport } from './store.ts'
export { strike, strikeGiven } from './strikes.ts'
export { presentWarnings } from './present/warnings.ts'

export const moderation = defineRoom({
  name: 'moderation',
  routes: [
    reportRoute,
    ...caseRoutes,
    ...queueRoutes,
    ...teamRoutes,
    ...accountRoutes,
    ...adminReportRoutes,
    ...signUpRoutes,
    ...gateRoutes,
    ...contentRuleRoutes,
    ...heldRoutes,
    ...trialRoutes,
    ...measureRoutes,
    ...standingRoutes,
    ...teamAccountRoutes,
    ...teamWaysRoutes,
    ...logRoutes,
    ...addressRoutes,
    ...domainRoutes,
    ...serverRoutes,
    ...listRoutes,
    ...relayRoutes,
  ],
  pages,
  jobs: [
    ...letterJobs,
    deliverFlag,
    decideAll,
    keepEvidenceFiles,
    mailOutcomes,
    runBulk,
    mailHoldDecision,
    runTrial,
    ...tellTeamJobs,
  ],
  schedules: [...tellTeamSchedules, ...evidenceSchedules, ...trialSchedules, ...measureSchedules],
  erase: eraseModeration,
  takeout: takeOutModeration,
})
