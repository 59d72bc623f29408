import { harbour, hills, portrait, type Face, type Mood } from './pictures.ts'

export type Resident = {
  name: string
  displayName: string
  note: string
  fields?: [string, string][]
  language: string
  face: Face
  cover: string
  isLocked?: boolean
  follows: string[]
}

const face = ([skin, hair, shirt, ground]: [string, string, string, string], style: Face['style']): Face => ({
  skin,
  hair,
  style,
  shirt,
  ground,
})
const sea = (seed: number, mood: Mood) => harbour(seed, mood, 1500, 500)
const land = (seed: number, mood: Mood) => hills(seed, mood, 1500, 500)

/** Twelve invented people of a small harbour town. */
export const residents: Resident[] = [
  {
    name: 'oda',
    displayName: 'Oda Fjeldstad',
    note: 'Boat builder, slow cyclist, keeper of two goats. I write about wood, weather and what the sea brings.',
    fields: [
      ['Workshop', 'At the old slipway'],
      ['On the bench', 'A 1962 faering, ribs 9 to 14'],
    ],
    language: 'en',
    face: face(['#f0c8a6', '#c98a3c', '#2d4a63', '#bcd8d2'], 'long'),
    cover: land(11, 'morning'),
    follows: ['ines', 'bram', 'temel', 'layan', 'yuzuki', 'pia'],
  },
  {
    name: 'ines',
    displayName: 'Inês Faria',
    note: 'Bióloga marinha. Conto anémonas antes do pequeno-almoço.',
    fields: [['Poça', 'A de sempre, a norte do molhe']],
    language: 'pt',
    face: face(['#c98d63', '#2b1d17', '#1f6f78', '#f4c9a4'], 'bun'),
    cover: sea(21, 'dusk'),
    follows: ['oda', 'bram', 'yuzuki', 'temel', 'noor'],
  },
  {
    name: 'bram',
    displayName: 'Bram de Wind',
    note: 'Ferry deckhand. I know when it leaves; I never know when it arrives.',
    language: 'en',
    face: face(['#e9bd97', '#8a5a34', '#efe6d6', '#a9c3ab'], 'short'),
    cover: sea(31, 'morning'),
    follows: ['oda', 'ines', 'temel', 'repair', 'pia', 'layan', 'noor'],
  },
  {
    name: 'layan',
    displayName: 'ليان درويش',
    note: 'أكتب عن النوافذ والخبز والمدن التي لا تنام.',
    language: 'ar',
    face: face(['#e0b089', '#7d2f4b', '#55324f', '#f1dfc4'], 'scarf'),
    cover: land(41, 'warm'),
    follows: ['oda', 'yuzuki', 'noor'],
  },
  {
    name: 'yuzuki',
    displayName: '佐原ゆづき',
    note: '山と写真と、夜明けの静けさ。',
    language: 'ja',
    face: face(['#f2d2b6', '#1d1a1c', '#c8553d', '#dbe4ec'], 'short'),
    cover: land(51, 'dusk'),
    follows: ['ines', 'layan', 'oda', 'mei'],
  },
  {
    name: 'mei',
    displayName: '陈美',
    note: '面包师。清晨四点的炉火最诚实。',
    language: 'zh-CN',
    face: face(['#f0cfae', '#241c1a', '#d9a441', '#f6e4c8'], 'bun'),
    cover: land(61, 'warm'),
    follows: ['yuzuki', 'pia', 'bram', 'oda'],
  },
  {
    name: 'temel',
    displayName: 'Temel Aksu',
    note: 'Balıkçı, tamirci, biraz da şair. Deniz ne derse o.',
    language: 'tr',
    face: face(['#d8a77f', '#22262e', '#a8443a', '#c3d3ea'], 'cap'),
    cover: sea(71, 'night'),
    follows: ['oda', 'bram', 'ines', 'repair'],
  },
  {
    name: 'noor',
    displayName: 'Noor Visser',
    note: 'Teacher. Asks too many questions, keeps a list of the answers.',
    language: 'en',
    face: face(['#c08a63', '#3b2340', '#e0a83e', '#e6e4c9'], 'short'),
    cover: land(81, 'green'),
    follows: ['ines', 'oda', 'layan', 'bram', 'repair', 'pia', 'yuzuki'],
  },
  {
    name: 'repair',
    displayName: 'Repair Café',
    note: 'Saturdays from two, in the hall behind the chandlery. Bring the radio. We have soldering irons and no fear.',
    fields: [['When', 'Saturdays, 14 to 17']],
    language: 'en',
    face: face(['#e3b48f', '#1f5063', '#1f5063', '#cfe3e8'], 'cap'),
    cover: sea(91, 'green'),
    follows: ['oda', 'temel', 'pia', 'noor'],
  },
  {
    name: 'pia',
    displayName: 'Pia Holm',
    note: 'Looks after this place with Oda and Bram. Gardens on the roof of the bakery.',
    language: 'en',
    face: face(['#f3cdb0', '#b5563a', '#6f9a76', '#f2e2cf'], 'long'),
    cover: land(101, 'green'),
    follows: ['oda', 'bram', 'mei', 'repair', 'noor', 'ines'],
  },
  {
    name: 'tova',
    displayName: 'טובה בן־ארי',
    note: 'ספרנית. אוספת משפטים ראשונים.',
    language: 'he',
    face: face(['#e8c09a', '#6b3a2a', '#4f7d95', '#e9dccb'], 'long'),
    cover: land(111, 'morning'),
    isLocked: true,
    follows: ['layan', 'noor', 'oda'],
  },
  {
    name: 'deals4u',
    displayName: 'Best Boat Deals',
    note: 'Unbeatable offers every hour!!!',
    language: 'en',
    face: face(['#d0d0d0', '#555555', '#c8553d', '#f5f1a8'], 'short'),
    cover: sea(121, 'dusk'),
    follows: ['oda', 'temel', 'bram', 'tova'],
  },
]

export const portraitOf = (resident: Resident): string => portrait(resident.face)
