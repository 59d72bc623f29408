import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { ruleSentence } from '../features/rules/sentence.ts'
import { speaking } from './speaking.ts'
import { t, type Values } from './words.ts'

/** What is said outside of pages, by key: the server asks for it (`contract/src/pages.ts`, Say). */
const sentences: Record<string, (values: Values) => string> = {
  'push.mention': (values) => t('push.mention', '{name} mentioned you', values),
  'push.status': (values) => t('push.status', '{name} posted', values),
  'push.reblog': (values) => t('push.reblog', '{name} boosted your post', values),
  'push.follow': (values) => t('push.follow', '{name} follows you', values),
  'push.follow_request': (values) => t('push.followRequest', '{name} asks to follow you', values),
  'push.favourite': (values) => t('push.favourite', '{name} favourited your post', values),
  'push.poll': (values) => t('push.poll', 'A poll by {name} has ended', values),
  'push.update': (values) => t('push.update', '{name} edited a post you boosted', values),
  'push.quote': (values) => t('push.quote', '{name} quoted your post', values),
  'push.quoted_update': (values) => t('push.quotedUpdate', '{name} edited a post you quoted', values),
  'push.severed_relationships': () => t('push.severed', 'You lost followers or people you follow'),
  'push.moderation_warning': () => t('push.warning', 'The moderators have written to you'),
  'push.annual_report': () => t('push.annual', 'Your year is ready to look back on'),
  'push.added_to_collection': (values) => t('push.collection', '{name} added you to a collection', values),
  'push.collection_update': (values) => t('push.collectionUpdate', '{name} changed a collection you are in', values),
  'push.admin.sign_up': (values) => t('push.signUp', '{name} signed up', values),
  'push.admin.report': (values) => t('push.report', '{name} reported somebody', values),
  'push.test': (values) => t('push.test', 'Hello from {server}', values),
  'push.testBody': () => t('push.testBody', 'Pushes arrive in this browser.'),
  'push.reply': () => t('push.reply', 'Reply'),
  'rules.sentence': ({ rule = '' }) => ruleSentence(JSON.parse(String(rule)) as RuleWording),
  'push.favour': () => t('push.favour', 'Favourite'),
}

/** The words of a key in a language; an unknown key of a notification says that there is one. */
export function say(language: string, key: string, values: Values = {}): Promise<string> {
  return speaking([language], () => sentences[key]?.(values) ?? t('push.other', 'You have a notification'))
}
