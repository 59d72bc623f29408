/**
 * Purpose: pictures with a name that stand in texts as `:name:`; those of this server, and those that other servers
 * send along. Owns: custom_emojis, emoji_packs, emoji_pack_entries. Events: none; texts are looked through when they are shown.
 */
import { defineRoom, none } from '#platform/room'
import { eraseServerEmojis } from './erase-server.ts'
import { bringPack } from './packs/bring-pack.ts'
import { packSchedules } from './packs/prune.ts'
import { routes } from './routes/reader.ts'
import { schedules } from './sweep-files.ts'
import { teamRoutes } from './routes/team.ts'

export { addEmoji, readShortcode, type NewEmoji } from './add-emoji.ts'
export { renderEmojisIn } from './emoji-tag.ts'
export { presentEmojisIn, type EmojiTexts } from './present.ts'
export { removeEmoji } from './remove-emoji.ts'
export { rewriteEmojiAddresses } from './rewrite-addresses.ts'
export { prunePacks } from './packs/prune.ts'
export { listLocalEmojis, type EmojiRow } from './store.ts'
export { storeEmojis } from './store-emojis.ts'
export { sweepEmojiFiles } from './sweep-files.ts'

export const emojis = defineRoom({
  name: 'emojis',
  routes: [...routes, ...teamRoutes],
  jobs: [bringPack],
  schedules: [...schedules, ...packSchedules],
  erase: none('emoji belong to servers, not to people'),
  eraseServer: eraseServerEmojis,
  takeout: none('emoji belong to servers, not to people'),
})
