import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLoopbackName } from '#lib/host'
import type { Config } from '#platform/config'

const CONTROL_GROUPS = /docker|kubepods|containerd|libpod|lxc/

/**
 * A word for whoever runs this in a container and listens on its loopback address, which no other machine reaches;
 * undefined elsewhere. `root` is where the file system begins.
 */
export function hintAtContainer(config: Config, root = '/'): string | undefined {
  if (!isLoopbackName(config.listenHost) || !isContainer(root)) return undefined
  return 'This is a container, and only it can reach that address. Set HOST=0.0.0.0 to let others in.'
}

/** Docker and Podman each leave a file; others show only in the names of control groups. */
function isContainer(root: string): boolean {
  if (existsSync(join(root, '.dockerenv')) || existsSync(join(root, 'run/.containerenv'))) return true
  try {
    return CONTROL_GROUPS.test(readFileSync(join(root, 'proc/1/cgroup'), 'utf8'))
  } catch {
    return false
  }
}
