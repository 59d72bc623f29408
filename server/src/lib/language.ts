/**
 * The languages that a post can be written in, by ISO 639-1 and, where that has none, ISO 639-3: the set that
 * Mastodon 4.6 accepts, since apps offer no other and servers drop what they do not know.
 */
const TWO_LETTERS =
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo ' +
  'es et eu fa ff fi fj fo fr fy ga gd gl gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki ' +
  'kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no ' +
  'nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sn so sq sr ss st su sv sw ta te tg ' +
  'th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
const THREE_LETTERS = 'ast chr ckb cnr csb jbo kab ldn lfn moh nds pdc sco sma smj szl tok vai xal zba zgh'
/** Written so differently that a reader of one may not want the other. */
const WITH_PART = 'ms-Arab zh-CN zh-HK zh-TW zh-YUE'

/** Every tag that a post can carry, in alphabetical order. */
export const languageTags: readonly string[] = `${TWO_LETTERS} ${THREE_LETTERS} ${WITH_PART}`.split(' ').sort()

const tagByLowerCase: ReadonlyMap<string, string> = new Map(languageTags.map((tag) => [tag.toLowerCase(), tag]))

/** What CLDR has no name for, or takes for another language. */
const NAMES: Record<string, string> = {
  bh: 'Bihari',
  ldn: 'Láadan',
  'ms-Arab': 'Malay (Jawi)',
  tl: 'Tagalog',
  tw: 'Twi',
  zba: 'Balaibalan',
  'zh-YUE': 'Cantonese',
}

/**
 * Reads a language as apps and servers send it (`de`, `pt_BR`, `ZH-tw`, `eng`) and gives the tag that we keep: a
 * region is dropped unless the list has it. Undefined when it is none of ours.
 */
export function readLanguage(text: string): string | undefined {
  if (text.length > 64) return undefined
  const lower = text.trim().toLowerCase().replaceAll('_', '-')
  const whole = tagByLowerCase.get(lower)
  if (whole !== undefined) return whole
  const language = /^[a-z]{2,3}(?=$|[-.@])/.exec(lower)?.[0]
  if (language === undefined) return undefined
  return tagByLowerCase.get(language) ?? tagByLowerCase.get(new Intl.Locale(language).language)
}

/** The name of a tag of ours in another language, English unless told; the tag itself when it has none there. */
export function languageName(tag: string, inLanguage = 'en'): string {
  const given = NAMES[tag]
  if (given !== undefined) return given
  return new Intl.DisplayNames([inLanguage, 'en'], { type: 'language' }).of(tag) ?? tag
}
