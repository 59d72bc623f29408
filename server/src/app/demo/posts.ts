import { anemone, bread, harbour, hills, knitting } from './pictures.ts'

export type DemoPost = {
  by: string
  hoursAgo: number
  text: string
  key?: string
  answers?: string
  warning?: string
  visibility?: 'public' | 'unlisted' | 'private' | 'direct'
  picture?: { svg: string; alt: string }
  boostedBy?: string[]
  likedBy?: string[]
  keptBy?: string[]
}

export type Complaint = {
  by: string
  about: string
  post?: string
  category: 'spam' | 'violation' | 'other'
  comment: string
}

export const complaints: Complaint[] = [
  {
    by: 'oda',
    about: 'deals4u',
    post: 'spam',
    category: 'spam',
    comment: 'The same link under every hashtag that we use.',
  },
  {
    by: 'temel',
    about: 'deals4u',
    post: 'spam2',
    category: 'violation',
    comment: 'Wrote to three of us who never asked.',
  },
  {
    by: 'tova',
    about: 'bram',
    post: 'slipway',
    category: 'other',
    comment: 'The crab was not asked whether it wanted to be mentioned.',
  },
]

/** What is said in the village: invented, and meant kindly. */
export const posts: DemoPost[] = [
  {
    by: 'oda',
    key: 'frost',
    hoursAgo: 460,
    text: 'First frost, and the whole shore smells of iron. Who else is out before the sun?',
    likedBy: ['bram', 'ines', 'pia', 'temel', 'noor'],
    boostedBy: ['bram'],
  },
  {
    by: 'noor',
    key: 'anemones',
    answers: 'frost',
    hoursAgo: 458,
    text: '@oda Nine anemones in our pool this morning, two more than last week. The smallest would fit on a fingernail. If you have a pool near you: what are you seeing? I’m keeping a list, and every count helps, even “none”. #tidepools #CitizenScience',
    picture: { svg: anemone(7), alt: 'An orange sea anemone seen from above, its arms spread in dark blue water.' },
    likedBy: ['ines', 'oda', 'bram', 'yuzuki', 'layan', 'pia'],
    boostedBy: ['ines', 'oda'],
    keptBy: ['ines'],
  },
  {
    by: 'bram',
    key: 'slipway',
    answers: 'anemones',
    hoursAgo: 457,
    text: '@noor Four at the north slipway. They were closed, does that count?',
    likedBy: ['noor', 'ines'],
  },
  {
    by: 'noor',
    key: 'counts',
    answers: 'slipway',
    hoursAgo: 456,
    text: '@bram It counts. Closed means they are waiting for the water, so note the hour as well.',
    likedBy: ['ines'],
  },
  {
    by: 'bram',
    key: 'crab',
    answers: 'counts',
    hoursAgo: 455,
    text: '@noor 7:40, then. And one very offended crab.',
    likedBy: ['noor', 'oda', 'temel'],
  },
  {
    by: 'temel',
    key: 'koy',
    answers: 'anemones',
    hoursAgo: 450,
    text: '@noor Bizim koyda hiç yok. Geçen yıl bu vakitler doluydu.',
    likedBy: ['noor'],
  },
  {
    by: 'layan',
    answers: 'koy',
    hoursAgo: 448,
    text: '@temel ربما الحرارة. هل قِست ماء الخليج هذا الأسبوع؟',
    likedBy: ['noor'],
  },
  {
    by: 'pia',
    answers: 'anemones',
    hoursAgo: 430,
    text: '@noor Went back with a thermos and a notebook. Six.',
    likedBy: ['noor'],
  },
  {
    by: 'yuzuki',
    hoursAgo: 400,
    text: '夜明けの稜線。風が止んで、雲が谷に沈んでいくのを三十分ほど眺めていた。',
    picture: {
      svg: hills(204, 'dusk'),
      alt: 'Blue ridges behind each other at dawn, a pale sun above them and five birds.',
    },
    likedBy: ['ines', 'layan', 'oda', 'mei', 'noor'],
    boostedBy: ['layan', 'noor'],
    keptBy: ['oda', 'mei'],
  },
  {
    by: 'mei',
    key: 'loaf',
    hoursAgo: 380,
    text: '今天的面团很听话。四点半出炉，六点就卖完了。',
    picture: { svg: bread(), alt: 'A round loaf with four cuts on a wooden board, beside it a lemon.' },
    likedBy: ['pia', 'yuzuki', 'bram'],
    boostedBy: ['pia'],
  },
  {
    by: 'pia',
    answers: 'loaf',
    hoursAgo: 379,
    text: '@mei I smelled it on the roof. The tomatoes smelled it too.',
    likedBy: ['mei'],
  },
  {
    by: 'repair',
    key: 'saturday',
    hoursAgo: 350,
    text: 'Saturday’s bench is free from two. Bring the radio, the lamp, the toaster that “only needs a new plug”. We have a soldering iron and no fear. #RepairNotReplace',
    likedBy: ['oda', 'temel', 'noor', 'pia'],
    boostedBy: ['pia', 'temel', 'bram'],
  },
  {
    by: 'temel',
    key: 'oilskins',
    answers: 'saturday',
    hoursAgo: 349,
    text: '@repair Does anyone near the ferry still mend oilskins?',
    likedBy: ['bram'],
  },
  {
    by: 'bram',
    answers: 'oilskins',
    hoursAgo: 347,
    text: '@temel My aunt does, above the chandlery. Knock twice, she’s hard of hearing, and bring biscuits.',
    likedBy: ['temel', 'oda', 'repair', 'noor'],
  },
  {
    by: 'layan',
    hoursAgo: 330,
    text: 'كل نافذة في هذه المدينة تحفظ قصة. اليوم سمعتُ واحدة من الخبّاز: لا يُقفل بابه أبدًا، «فالرائحة لا تعرف المواعيد».',
    likedBy: ['oda', 'tova', 'noor', 'yuzuki'],
    boostedBy: ['oda', 'noor'],
  },
  {
    by: 'tova',
    hoursAgo: 320,
    text: 'משפט ראשון להיום: «הים היה שם לפני שמישהו קרא לו בשם».',
    likedBy: ['layan', 'noor'],
  },
  {
    by: 'ines',
    key: 'low',
    hoursAgo: 300,
    text: 'Maré baixa às 6:12. Contei onze anémonas na poça de sempre, três a mais do que na semana passada. A mais pequena cabe numa unha. #tidepools',
    likedBy: ['noor', 'oda', 'bram', 'temel'],
    boostedBy: ['noor'],
  },
  {
    by: 'noor',
    answers: 'low',
    hoursAgo: 299,
    text: '@ines On the list. You are ahead of everybody.',
    likedBy: ['ines'],
  },
  {
    by: 'pia',
    key: 'knit',
    hoursAgo: 280,
    text: 'Third sleeve finished. (It is a two-sleeve jumper. There is also one stitch that is wrong, and I will not tell you where.) #knitting',
    picture: {
      svg: knitting(3),
      alt: 'A knitted pattern of white diamonds on blue-green; one stitch has the wrong colour.',
    },
    likedBy: ['mei', 'oda', 'noor', 'tova'],
    keptBy: ['noor'],
  },
  { by: 'tova', answers: 'knit', hoursAgo: 278, text: '@pia שורה עשירית, עמודה חמש עשרה.', likedBy: ['pia'] },
  {
    by: 'bram',
    hoursAgo: 260,
    warning: 'Exams, stress',
    text: 'Deckhand’s certificate on Thursday. I can tie everything except my own nerves.',
    likedBy: ['oda', 'ines', 'noor', 'pia'],
  },
  {
    by: 'oda',
    hoursAgo: 240,
    text: 'How I sharpen a plane iron in six minutes, with what you already have in the kitchen. Step one: forgive the kitchen. https://example.org/workshop/sharpening/with-what-you-have #woodwork',
    likedBy: ['temel', 'repair', 'bram'],
    keptBy: ['temel', 'bram'],
  },
  {
    by: 'temel',
    key: 'mast',
    hoursAgo: 210,
    text: 'Direk boyandı. Rüzgâr beğendi, martılar beğenmedi.',
    picture: {
      svg: harbour(214, 'dusk'),
      alt: 'Coloured houses in a row at the water at dusk, in front of them a small sailing boat.',
    },
    likedBy: ['oda', 'bram', 'ines'],
    boostedBy: ['oda'],
  },
  {
    by: 'oda',
    answers: 'mast',
    hoursAgo: 208,
    text: '@temel The gulls never like anything before it is old.',
    likedBy: ['temel'],
  },
  { by: 'yuzuki', hoursAgo: 190, text: '小さな庭に、最初の霜柱。踏む音が好き。 #小さな庭', likedBy: ['mei', 'ines'] },
  {
    by: 'mei',
    hoursAgo: 170,
    text: '问大家：面包皮要厚的还是薄的？（我知道答案，但想听你们说。）',
    likedBy: ['pia', 'yuzuki'],
  },
  {
    by: 'noor',
    key: 'poll',
    hoursAgo: 150,
    text: 'My class wants to know: which month smells best? Answer with one word and one reason.',
    likedBy: ['oda', 'pia'],
  },
  { by: 'oda', answers: 'poll', hoursAgo: 149, text: '@noor May. Tar.', likedBy: ['noor', 'bram'] },
  {
    by: 'ines',
    answers: 'poll',
    hoursAgo: 148,
    text: '@noor Setembro, porque o mar já perdoou o verão.',
    likedBy: ['noor', 'tova'],
  },
  { by: 'mei', answers: 'poll', hoursAgo: 147, text: '@noor 十月，桂花。', likedBy: ['noor'] },
  {
    by: 'repair',
    hoursAgo: 120,
    text: 'Count of the day: eleven lamps, four radios, one accordion, no injuries worth mentioning. Thank you, everybody. #RepairNotReplace',
    likedBy: ['pia', 'noor', 'temel'],
    boostedBy: ['pia'],
  },
  {
    by: 'pia',
    hoursAgo: 100,
    visibility: 'private',
    text: 'For those who follow me: the key to the roof hangs behind the flour. Water whatever looks at you.',
    likedBy: ['mei', 'oda'],
  },
  {
    by: 'oda',
    hoursAgo: 90,
    visibility: 'direct',
    text: '@pia The bench meeting is at six. I’ll bring the minutes, you bring the patience.',
  },
  {
    by: 'deals4u',
    key: 'spam',
    hoursAgo: 60,
    text: 'CHEAP BOATS!!! Click now: https://example.com/deals?ref=4u #tidepools #woodwork #knitting',
  },
  {
    by: 'deals4u',
    key: 'spam2',
    hoursAgo: 58,
    text: '@oda @temel @bram you have been selected!!! https://example.com/deals?ref=4u',
  },
  {
    by: 'ines',
    hoursAgo: 48,
    text: 'Hoje a poça estava cheia de céu.',
    picture: { svg: hills(305, 'morning'), alt: 'Pale hills in morning light, mirrored in nothing, with a low sun.' },
    likedBy: ['yuzuki', 'layan', 'noor', 'oda'],
  },
  {
    by: 'bram',
    key: 'ferry',
    hoursAgo: 26,
    text: 'Ferry’s out until Thursday, so the bay belongs to the small ones again. @oda, is that your mast on the right? #SlowHarbour',
    picture: {
      svg: harbour(410, 'morning'),
      alt: 'The harbour in the morning: red, yellow and white houses, one boat under sail.',
    },
    likedBy: ['oda', 'temel', 'ines', 'noor', 'pia'],
    boostedBy: ['oda', 'pia'],
    keptBy: ['noor'],
  },
  {
    by: 'oda',
    answers: 'ferry',
    hoursAgo: 25,
    text: '@bram It is. She leans because she is listening.',
    likedBy: ['bram', 'temel', 'noor'],
  },
  {
    by: 'temel',
    answers: 'ferry',
    hoursAgo: 24,
    text: '@bram Benim değil, ama keşke! O direk en az iki metre daha uzun.',
    likedBy: ['bram', 'oda'],
  },
  {
    by: 'bram',
    hoursAgo: 5,
    text: 'Passed. The examiner asked for a bowline; my hands had it done before I did.',
    likedBy: ['oda', 'ines', 'noor', 'pia', 'temel', 'repair'],
    boostedBy: ['oda'],
  },
  {
    by: 'noor',
    hoursAgo: 2,
    text: 'The list of pools has forty-one names now. Whoever said nobody counts anything any more: come and count with us. #tidepools',
    likedBy: ['ines', 'oda'],
  },
]
