/** What an attacker tries first, of eight characters or more, which the words below do not make. */
const WHOLE =
  '12345678 123456789 1234567890 87654321 987654321 0123456789 0987654321 12341234 11223344 12344321 123123123 12121212 qwertyui qwertyuiop qwerty123 1qaz2wsx zaq12wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 asdfghjk asdfghjkl zxcvbnm1 qazwsxedc abcdefgh abcd1234 abc12345 a1b2c3d4 aa123456 iloveyou1 trustno1 letmein1 admin123 admin1234 administrator passwort1 changeme1 p@ssw0rd1'

/** Alone, written with digits and signs for letters, or with a few digits and signs behind: most of a list of thousands. */
const WORDS =
  'abcdef access account admin alexander america amanda andrea andrew angel angels anthony apple arsenal asdf asdfgh ashley austin babygirl bailey banana barcelona baseball basketball batman beautiful biteme blahblah blink blessed brandon bubbles butterfly buster california carlos cassie changeme charles charlie chelsea chester chicken chocolate chris christian cocacola colorado compaq computer consumer cookie corvette cowboy cowboys crystal daniel danielle dallas darkness david default diablo diamond dolphin dolphins donald dragon eagles einstein elephant elizabeth eminem england facebook ferrari fender fishing florida flower fluffy football forever freedom friends fuckyou gandalf garfield gateway george ginger giants google guest guitar hamlet hammer hannah happy harley heather hello hockey hotdog hunter hunting iceman iloveu iloveyou internet iwantu jackson james jasmine jasper jennifer jeremy jessica john johnny jordan joseph joshua justin katie killer kitten knight lakers lauren letmein liverpool login london looking love loveme lovely maggie marina marine marlboro martin master matrix matthew maverick melissa mercedes mercury merlin metallica michael michelle mickey midnight miller money monkey monster montana morgan mother mountain murphy mustang mastodon nascar naruto natasha nathan newyork nicholas nicole nintendo orange packers panther passw password passwort patrick peaches peanut pepper phantom phoenix please pokemon porsche prince princess purple qazwsx qwert qwerty rabbit raiders rainbow ranger redskins redsox richard robert rockstar rush samantha samsung scooby scorpion scooter secret shadow shannon silver sitename slayer slipknot smokey snoopy soccer something sophie sparky spider spiderman spongebob startrek starwars steelers steven success summer sunflower sunshine superman superstar sweet swordfish taylor teacher tennis test tester testing thomas thunder thx tigger tigers tinkerbell topgun trouble trustno tweety undertaker username victoria viking vincent warrior welcome whatever william willow winner winter winston wizard yamaha yankees yellow zaq zxcvbn zxcvbnm'

const whole = new Set(WHOLE.split(' '))
const words = new Set(WORDS.split(' '))
/** Written for letters by whoever thinks that nobody else would. */
const LOOKS: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' }
const spell = (text: string) => text.replaceAll(/[013457@$]/g, (sign) => LOOKS[sign] ?? sign)

/** Whether a password is one of those that are tried first, whoever is to be robbed. */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  if (whole.has(lower) || /^(.{1,4})\1+$/.test(lower) || isRun(lower)) return true
  // Signs behind a word are no secret; a word may end in what looks like one.
  const bare = lower.replace(/[\d!?.,*#+_-]{1,6}$/, '')
  return [lower, bare].some((text) => words.has(text) || words.has(spell(text)))
}

/** Letters or digits that follow each other, up or down. */
function isRun(text: string): boolean {
  const steps = new Set(Array.from(text, (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at)).slice(0, -1))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}
