import { SuspensionProposal, TeamAccount, TeamNote } from '@hamlet/contract/team'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { route } from '#platform/http'
import type { Moderator } from '../act.ts'
import { deleteNote, writeNote, type Subject } from '../measures/notes.ts'
import { confirmSuspension, listProposals, withdrawSuspension } from '../measures/propose.ts'
import { findReport } from '../store.ts'
import { presentNotes, presentProposals, presentTeamAccount } from '../present/team.ts'

const PATH = '/api/web/moderation'
const OneId = Type.Object({ id: Type.String() })
const mayRead = team('admin:read:accounts', 'manage_users')
const mayWrite = team('admin:write:accounts', 'manage_users')
const Notes = Type.Array(Type.Unsafe<TeamNote>(Type.Ref('TeamNote')))
const Words = Type.Object({ text: Type.String({ maxLength: 10_000 }) })
const mayReadReports = team('admin:read:reports', 'manage_reports')
const mayWriteReports = team('admin:write:reports', 'manage_reports')

const accountRoute = route({
  method: 'GET',
  path: `${PATH}/accounts/:id`,
  summary: 'Show somebody with all that the team knows of them',
  access: mayRead,
  params: OneId,
  response: Type.Unsafe<TeamAccount>(Type.Ref('TeamAccount')),
  handle: ({ ctx, viewer, params }) => presentTeamAccount(ctx, viewer, requireId(params.id)),
})

const noteRoute = (
  what: 'accounts' | 'reports',
  access: typeof mayWrite | typeof mayWriteReports,
  subjectOf: (id: Id) => Subject,
) =>
  route({
    method: 'POST',
    path: `${PATH}/${what}/:id/notes`,
    summary: 'Write something down for the team',
    access,
    params: OneId,
    body: Words,
    response: Notes,
    handle: async ({ ctx, viewer, params, body }) => {
      const subject = subjectOf(requireId(params.id))
      await transact(ctx, (tx) => writeNote(tx, viewer.accountId, subject, body.text))
      return presentNotes(ctx, viewer.accountId, subject)
    },
  })

const reportNotesRoute = route({
  method: 'GET',
  path: `${PATH}/reports/:id/notes`,
  summary: 'List what the team wrote down about a report',
  access: mayReadReports,
  params: OneId,
  response: Notes,
  handle: async ({ ctx, viewer, params }) => {
    const reportId = requireId(params.id)
    if (!(await findReport(ctx, reportId))) throw notFound()
    return presentNotes(ctx, viewer.accountId, { reportId })
  },
})

const deleteNoteRoute = route({
  method: 'DELETE',
  path: `${PATH}/notes/:id`,
  summary: 'Take one’s own note away',
  access: mayWriteReports,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    const id = requireId(params.id)
    await transact(ctx, (tx) => deleteNote(tx, viewer.accountId, id))
    return {}
  },
})

const proposalsRoute = route({
  method: 'GET',
  path: `${PATH}/proposals`,
  summary: 'List suspensions that wait for a second moderator',
  access: mayRead,
  response: Type.Array(Type.Unsafe<SuspensionProposal>(Type.Ref('SuspensionProposal'))),
  handle: async ({ ctx, viewer }) => presentProposals(ctx, viewer.accountId, await listProposals(ctx)),
})

const proposalRoute = (verb: string, summary: string, run: (tx: Tx, who: Moderator, id: Id) => Promise<void>) =>
  route({
    method: 'POST',
    path: `${PATH}/proposals/:id/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      await transact(ctx, (tx) => run(tx, viewer, id))
      return {}
    },
  })

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

export const teamAccountRoutes = [
  accountRoute,
  noteRoute('accounts', mayWrite, (accountId) => ({ accountId })),
  noteRoute('reports', mayWriteReports, (reportId) => ({ reportId })),
  reportNotesRoute,
  deleteNoteRoute,
  proposalsRoute,
  proposalRoute('confirm', 'Carry a suspension out that somebody else proposed', confirmSuspension),
  proposalRoute('withdraw', 'Take a proposed suspension away', withdrawSuspension),
]
