import {
  blockMailbox,
  blockMailDomain,
  blockNetwork,
  findBlockOfMailbox,
  listBlockedMailDomains,
  listBlockedNetworks,
  unblockMailbox,
  unblockMailDomain,
  unblockNetwork,
} from '#features/gates'
import { Refusal } from '#lib/refusal'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import type { PageRequest } from '#platform/db'
import { readCidr } from '#platform/net'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

const PAGE = 200
/** Whoever gives commands to the server itself. */
const OPERATOR = { accountId: null, ip: null }

/** Everything in a list, page by page. */
async function listAll<Row extends { id: Id }>(
  ctx: Context,
  list: (ctx: Context, page: PageRequest) => Promise<Row[]>,
): Promise<Row[]> {
  const all: Row[] = []
  for (;;) {
    const last = all.at(-1)
    // oxlint-disable-next-line no-await-in-loop -- one page leads to the next
    const page = await list(ctx, { limit: PAGE, ...(last ? { maxId: last.id } : {}) })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

export async function addNetwork(args: Arguments): Promise<void> {
  const ip = requireWord(args, 0, 'which address or network')
  const { severity, comment, days } = args.flags
  if (typeof days === 'string' && !/^[1-9]\d{0,4}$/.test(days))
    throw new Refusal('invalid', `--days "${days}" is no number of days.`)
  const wish = {
    ip,
    severity: typeof severity === 'string' ? severity : 'sign_up_requires_approval',
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(typeof days === 'string' ? { expiresIn: Number(days) * 86_400 } : {}),
  }
  const { id, network } = await withContext((ctx) => transact(ctx, (tx) => blockNetwork(tx, OPERATOR, wish)))
  print(args, { id, network, severity: wish.severity }, [`${network} is kept out: ${wish.severity}.`])
}

export async function listNetworks(args: Arguments): Promise<void> {
  const rows = await withContext((ctx) => listAll(ctx, listBlockedNetworks))
  const networks = rows.map(({ network, severity, comment, expires_at }) => ({
    network,
    severity,
    comment,
    expires_at,
  }))
  const lines = networks.map(({ network, severity, comment }) =>
    [network, severity, comment].filter(Boolean).join('  '),
  )
  print(args, { networks }, lines.length > 0 ? lines : ['No address is kept out.'])
}

export async function removeNetwork(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'which address or network')
  const wanted = readCidr(text)
  if (wanted === undefined) throw new Refusal('invalid', `"${text}" is not an address or a network.`)
  const isTried = args.flags['dry-run'] === true
  await withContext(async (ctx) => {
    const row = (await listAll(ctx, listBlockedNetworks)).find(({ network }) => network === wanted)
    if (!row) throw new Refusal('notFound', `${wanted} is not kept out.`)
    if (!isTried) await transact(ctx, (tx) => unblockNetwork(tx, OPERATOR, row.id))
  })
  print(args, { network: wanted, dryRun: isTried }, [`${wanted} ${isTried ? 'would be' : 'is'} let in again.`])
}

export async function addMailDomain(args: Arguments): Promise<void> {
  const domain = requireWord(args, 0, 'which domain of addresses')
  const allowWithApproval = args.flags.approval === true
  const { id, host } = await withContext((ctx) =>
    transact(ctx, (tx) => blockMailDomain(tx, null, { domain, allowWithApproval })),
  )
  const words = allowWithApproval ? 'are in only when somebody has approved them' : 'cannot sign up'
  print(args, { id, domain: host, approval: allowWithApproval }, [`People with addresses at ${host} ${words}.`])
}

export async function listMailDomains(args: Arguments): Promise<void> {
  const rows = await withContext((ctx) => listAll(ctx, listBlockedMailDomains))
  const domains = rows.map(({ host, allow_with_approval }) => ({ domain: host, approval: allow_with_approval }))
  const lines = domains.map(({ domain, approval }) => (approval ? `${domain}  with approval` : domain))
  print(args, { domains }, lines.length > 0 ? lines : ['No domain of addresses is kept out.'])
}

export async function removeMailDomain(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'which domain of addresses').toLowerCase()
  const isTried = args.flags['dry-run'] === true
  await withContext(async (ctx) => {
    const row = (await listAll(ctx, listBlockedMailDomains)).find(({ host }) => host === text)
    if (!row) throw new Refusal('notFound', `Addresses at ${text} are not kept out.`)
    if (!isTried) await transact(ctx, (tx) => unblockMailDomain(tx, null, row.id))
  })
  print(args, { domain: text, dryRun: isTried }, [`Addresses at ${text} ${isTried ? 'would be' : 'are'} let in again.`])
}

export async function addMailbox(args: Arguments): Promise<void> {
  const email = requireWord(args, 0, 'which e-mail address')
  const { id, hash } = await withContext((ctx) => transact(ctx, (tx) => blockMailbox(tx, null, { email })))
  print(args, { id, hash }, ['Nobody can sign up with this mailbox, however its address is written.'])
}

export async function findMailbox(args: Arguments): Promise<void> {
  const email = requireWord(args, 0, 'which e-mail address')
  const row = await withContext((ctx) => findBlockOfMailbox(ctx, email))
  const words = row ? 'This mailbox is kept out.' : 'This mailbox is not kept out.'
  print(args, { blocked: row !== undefined, ...(row ? { id: row.id, hash: row.hash } : {}) }, [words])
}

export async function removeMailbox(args: Arguments): Promise<void> {
  const email = requireWord(args, 0, 'which e-mail address')
  const isTried = args.flags['dry-run'] === true
  await withContext(async (ctx) => {
    const row = await findBlockOfMailbox(ctx, email)
    if (!row) throw new Refusal('notFound', 'This mailbox is not kept out.')
    if (!isTried) await transact(ctx, (tx) => unblockMailbox(tx, null, row.id))
  })
  print(args, { dryRun: isTried }, [`This mailbox ${isTried ? 'would be' : 'is'} let in again.`])
}
