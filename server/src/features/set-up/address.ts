import { isIP } from 'node:net'
import type { SetUpMove } from '@hamlet/contract/pages'
import { requireLocalDomain } from '#features/domains'
import { hostname, isLoopbackName, readHost, type Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { publicUrlAs, renameServer } from './rename-server.ts'

/** Whether the wizard may ask for the name: nobody else knows it, nothing outside fixes it, and this process can serve again. */
export async function mayMove(ctx: Context): Promise<boolean> {
  if (ctx.serveAgain === undefined || ctx.config.domainFixed) return false
  return (await requireLocalDomain(ctx)).federated_at === null
}

/** A name by which other servers can find us; undefined to stay where we are. Refused with what is wrong about it. */
export function readAddress(text: string, present: Host): Host | undefined {
  if (text === '') return undefined
  if (/[/@]/.test(text)) throw wrong('hostOnly', 'must be the name alone, such as example.org')
  const host = readHost(text)
  if (!host || !/^[a-z0-9.:-]{1,253}$/.test(host)) throw wrong('notHost', 'is not a name such as example.org')
  if (host === present) return undefined
  const name = hostname(host)
  if (isIP(name) !== 0) throw wrong('hostNumber', 'cannot be a number: it must be a name such as example.org')
  if (isLoopbackName(name)) throw wrong('hostLoopback', 'is a name that means this machine alone')
  if (!/[^.]\.[^.]/.test(name)) throw wrong('hostDotless', 'needs a dot, such as example.org')
  if (name !== host) throw wrong('hostPort', 'cannot have a port: other servers come to port 443')
  return host
}

function wrong(fault: string, description: string): Refusal {
  const details = { details: { host: [{ error: 'ERR_INVALID', description }] } }
  return new Refusal('invalid', 'The host name is wrong', { details, fault })
}

/** Lets this process end its work, rename the server and serve again; gives what the owner must know meanwhile. */
export function moveTo(ctx: Context, host: Host): { move: SetUpMove; begin: () => void } {
  const { config } = ctx
  const isShared = config.databaseUrl !== '' || config.roles.length < 3
  return {
    move: {
      domain: host,
      url: publicUrlAs(config, host),
      listensAt: `http://${config.listenHost}:${config.port}`,
      isShared,
    },
    begin: () => ctx.serveAgain?.(async () => void (await renameServer(ctx, host))),
  }
}
