import { bound, keyMap, keysOf, type KeyName } from '../../app/keys.ts'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { saveSettings } from '../settings/save.ts'
import { wordsOfKey } from './key-words.ts'

/** What was typed as keys: one letter, or two that are pressed one after the other. */
export function readKeys(typed: string): string {
  return Array.from(typed.replaceAll(/\s/g, '')).slice(0, 2).join(' ')
}

/** Why something cannot have these keys; undefined when it can. */
export function clashOf(name: KeyName, keys: string): string | undefined {
  if (keys === '') return t('keyboard.noKeys', 'Type a key, or two that are pressed one after the other.')
  const { byKeys } = bound.peek()
  const [first] = keys.split(' ')
  for (const [taken, other] of byKeys) {
    if (other === name) continue
    const values = { keys: taken, does: wordsOfKey(other) }
    if (taken === keys) return t('keyboard.taken', '“{keys}” is taken: {does}.', values)
    if (taken.split(' ')[0] === keys)
      return t('keyboard.begins', '“{keys}” begins other keys: {does}.', { ...values, keys })
    if (taken === first) return t('keyboard.acts', '“{keys}” does something by itself: {does}.', values)
  }
  return undefined
}

const without = (name: KeyName) => Object.entries(reading.peek().keys).filter(([one]) => one !== name)

/** Gives something other keys; none silences it. */
export function setKeys(name: KeyName, keys: string[]): void {
  void saveSettings({ keys: { ...Object.fromEntries(without(name)), [name]: keys } })
}

/** The usual keys of something, unless somebody else has them now: then the reason. */
export function resetKeys(name: KeyName): string | undefined {
  const usual = keyMap[name].keys as readonly string[]
  const clash = usual.map((keys) => clashOf(name, keys)).find(Boolean)
  if (!clash) void saveSettings({ keys: Object.fromEntries(without(name)) })
  return clash
}

export const resetAllKeys = (): void => void saveSettings({ keys: {} })

/** Whether something has other keys than the usual. */
export const isChanged = (name: KeyName): boolean => reading.value.keys[name] !== undefined
export const areChanged = (): boolean => (Object.keys(keyMap) as KeyName[]).some(isChanged)

/** The letters that can be changed, as they are typed into the field: `gh`. */
export const typedOf = (name: KeyName): string =>
  (keysOf(name).find((keys) => keys !== 'Enter') ?? '').replaceAll(' ', '')
