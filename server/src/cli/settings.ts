import { readSettings, readTexts, settingNames, textNames, writeSetting } from '#features/settings'
import { Refusal } from '#lib/refusal'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function showSettings(args: Arguments): Promise<void> {
  const all: Record<string, string | number> = await withContext(async (ctx) => {
    const texts = await readTexts(ctx)
    return { ...(await readSettings(ctx)), ...Object.fromEntries(textNames.map((name) => [name, texts[name].text])) }
  })
  const [name] = args.words
  if (name !== undefined && !(name in all))
    throw new Refusal('invalid', `"${name}" is no setting. Choose one of ${settingNames.join(', ')}.`)
  const shown = name === undefined ? all : { [name]: all[name] }
  print(
    args,
    shown,
    Object.entries(shown).map(([key, value]) => `${key}=${value}`),
  )
}

export async function changeSetting(args: Arguments): Promise<void> {
  const name = requireWord(args, 0, 'which setting to change')
  const value = requireWord(args, 1, 'what to set it to')
  await withContext((ctx) => writeSetting(ctx, name, value))
  print(args, { [name]: value }, [`${name}=${value}`])
}
