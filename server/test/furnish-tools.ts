import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addEmoji } from '#features/emojis'
import { makePicture } from './pictures.ts'
import type { Person, TestTown } from './test-town.ts'

/** Where nobody answers. */
export async function setUpHook(town: TestTown, { token }: Person): Promise<{ id: string }> {
  const json = { url: 'https://hooks.invalid/', events: ['report.created'], template: '{"text": "{{event}}"}' }
  const { body } = await town.call('POST', '/api/web/admin/webhooks', { token, json })
  await town.call('POST', `/api/web/admin/webhooks/${body.id}/test`, { token })
  return body
}

/** A fern among the plants. */
export async function bringEmoji(town: TestTown): Promise<{ id: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-fern-'))
  try {
    const path = join(folder, 'fern.png')
    writeFileSync(path, await makePicture('png', { width: 32, height: 32 }))
    await addEmoji(town.ctx, { shortcode: 'fern', path, category: 'Plants' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return town.ctx.db.selectFrom('custom_emojis').select('id').executeTakeFirstOrThrow()
}
