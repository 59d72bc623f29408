import { readSettings, settingNames, writeSetting } from '#features/settings'
import { Refusal } from '#lib/refusal'
import { print, requireWord, type Command } from './command.ts'
import { withContext } from './with-context.ts'

export const settingsGet: Command = {
  name: 'settings get',
  usage: `hamlet settings get [NAME] [--json]

Shows one setting, or all of them.`,
  options: { json: { type: 'boolean' } },
  run: async (args) => {
    const all = await withContext(readSettings)
    const [name] = args.words
    if (name !== undefined && !(name in all))
      throw new Refusal('invalid', `"${name}" is no setting. Choose one of ${settingNames.join(', ')}.`)
    const shown = name === undefined ? all : { [name]: all[name as keyof typeof all] }
    print(
      args,
      shown,
      Object.entries(shown).map(([key, value]) => `${key}=${value}`),
    )
  },
}

export const settingsSet: Command = {
  name: 'settings set',
  usage: `hamlet settings set NAME VALUE [--json]

Changes a setting; running servers use it at once.`,
  options: { json: { type: 'boolean' } },
  run: async (args) => {
    const name = requireWord(args, 0, 'which setting to change')
    const value = requireWord(args, 1, 'what to set it to')
    await withContext((ctx) => writeSetting(ctx, name, value))
    print(args, { [name]: value }, [`${name}=${value}`])
  },
}
