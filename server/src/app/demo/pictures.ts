/** Pictures of the village, drawn by rules and a seed: the same every time, and nobody's photographs. */
type Palette = { sky: [string, string]; far: string; mid: string; near: string; light: string }

const palettes = {
  dusk: { sky: ['#4a6d94', '#f3c79b'], far: '#8d93ad', mid: '#566b85', near: '#22384f', light: '#ffd9a0' },
  morning: { sky: ['#9cc3dc', '#f4ead8'], far: '#b8c9d2', mid: '#7e9fae', near: '#3f6576', light: '#fff6df' },
  night: { sky: ['#10203a', '#31486d'], far: '#24395a', mid: '#182a45', near: '#0b1526', light: '#f5e9b8' },
  green: { sky: ['#bfd9d2', '#f6f1dd'], far: '#a9c3ab', mid: '#6f9a76', near: '#38603f', light: '#fdf3c4' },
  warm: { sky: ['#f0d3b4', '#fbf1e2'], far: '#d9a982', mid: '#b5714d', near: '#6b3a2a', light: '#fff2d6' },
} satisfies Record<string, Palette>
export type Mood = keyof typeof palettes

/** Numbers that look like chance and are not (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function frame(width: number, height: number, { sky }: Palette, inner: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>${inner}</svg>`
}

/** A line of hills from edge to edge. */
function ridge(width: number, base: number, rise: number, next: () => number): string {
  const steps = 9
  const points = Array.from(
    { length: steps + 1 },
    (_, index) => [(width / steps) * index, base - next() * rise] as const,
  )
  const curve = points.map(([x, y], index) => {
    const [px, py] = points[index - 1] ?? [x, y]
    return index === 0 ? `M0 ${y}` : `C${px + width / steps / 2} ${py} ${x - width / steps / 2} ${y} ${x} ${y}`
  })
  return `${curve.join(' ')} V10000 H0 Z`
}

/** Ridges behind each other, a sun or moon, birds. */
export function hills(seed: number, mood: Mood, width = 1200, height = 760): string {
  const next = chance(seed)
  const palette = palettes[mood]
  const sun = `<circle cx="${width * (0.2 + next() * 0.6)}" cy="${height * 0.3}" r="${height * 0.08}" fill="${palette.light}" opacity=".9"/>`
  const layers = [palette.far, palette.mid, palette.near].map(
    (colour, index) =>
      `<path d="${ridge(width, height * (0.58 + index * 0.15), height * 0.2, next)}" fill="${colour}"/>`,
  )
  const birds = Array.from({ length: 5 }, () => {
    const [x, y] = [width * next(), height * (0.12 + next() * 0.2)]
    return `<path d="M${x} ${y} q9 -9 16 0 q9 -9 16 0" fill="none" stroke="${palette.near}" stroke-width="3" stroke-linecap="round"/>`
  })
  return frame(width, height, palette, `${sun}${layers.join('')}${birds.join('')}`)
}

/** A row of houses at the water, and what the water makes of them. */
export function harbour(seed: number, mood: Mood, width = 1200, height = 760): string {
  const next = chance(seed)
  const palette = palettes[mood]
  const water = height * 0.62
  const walls = ['#c8553d', '#e0a83e', '#4f7d95', '#efe6d6', '#7c9a6b', '#a8443a']
  const houses: string[] = []
  const mirror: string[] = []
  for (let x = width * 0.04; x < width * 0.96;) {
    const [w, h] = [44 + next() * 40, 60 + next() * 90]
    const wall = walls[Math.floor(next() * walls.length)] as string
    const roof = `<polygon points="${x - 6},${water - h} ${x + w / 2},${water - h - 34} ${x + w + 6},${water - h}" fill="#26303f"/>`
    const windows = [0.28, 0.64].map(
      (at) => `<rect x="${x + w * at}" y="${water - h + 18}" width="10" height="14" fill="${palette.light}"/>`,
    )
    houses.push(`<rect x="${x}" y="${water - h}" width="${w}" height="${h}" fill="${wall}"/>${roof}${windows.join('')}`)
    mirror.push(`<rect x="${x}" y="${water}" width="${w}" height="${h * 0.7}" fill="${wall}" opacity=".28"/>`)
    x += w + 4 + next() * 26
  }
  const waves = Array.from({ length: 34 }, () => {
    const [x, y] = [width * next(), water + 16 + (height - water) * next()]
    return `<rect x="${x}" y="${y}" width="${30 + next() * 90}" height="2.5" rx="1" fill="${palette.light}" opacity=".25"/>`
  })
  const sea = `<rect y="${water}" width="${width}" height="${height - water}" fill="${palette.mid}"/>`
  const back = `<path d="${ridge(width, height * 0.5, height * 0.12, next)}" fill="${palette.far}"/>`
  return frame(
    width,
    height,
    palette,
    `${back}${sea}${mirror.join('')}${houses.join('')}${waves.join('')}${boat(width * 0.3, water + 90, palette.near)}`,
  )
}

function boat(x: number, y: number, hull: string): string {
  return `<g transform="translate(${x} ${y})"><polygon points="0,0 110,0 92,26 16,26" fill="${hull}"/><rect x="50" y="-86" width="4" height="86" fill="${hull}"/><polygon points="50,-84 50,-10 4,-10" fill="#f6efe2"/><polygon points="58,-74 58,-10 96,-10" fill="#e9ddc8"/></g>`
}

/** An anemone seen from above, in its pool. */
export function anemone(seed: number, width = 1200, height = 760): string {
  const next = chance(seed)
  const [cx, cy] = [width / 2, height / 2]
  const arms = Array.from({ length: 64 }, (_, index) => {
    const angle = (index / 64) * Math.PI * 2 + next() * 0.06
    const reach = 190 + next() * 130
    const [x, y] = [cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach * 0.92]
    const [bx, by] = [cx + Math.cos(angle + 0.5) * reach * 0.6, cy + Math.sin(angle + 0.5) * reach * 0.6]
    const colour = ['#e8873a', '#f0a35e', '#d96c2c'][index % 3] as string
    return `<path d="M${cx} ${cy} Q${bx} ${by} ${x} ${y}" fill="none" stroke="${colour}" stroke-width="11" stroke-linecap="round"/><circle cx="${x}" cy="${y}" r="8" fill="#ffe3bd"/>`
  })
  const bubbles = Array.from(
    { length: 24 },
    () =>
      `<circle cx="${width * next()}" cy="${height * next()}" r="${14 + next() * 60}" fill="#7fb0d6" opacity=".12"/>`,
  )
  const palette: Palette = { ...palettes.night, sky: ['#1d4f86', '#0f2f5c'] }
  return frame(
    width,
    height,
    palette,
    `${bubbles.join('')}${arms.join('')}<circle cx="${cx}" cy="${cy}" r="46" fill="#b23a2c"/><ellipse cx="${cx}" cy="${cy}" rx="17" ry="10" fill="#3c0f12"/>`,
  )
}

/** A loaf on a board; the kitchen is warm. */
export function bread(width = 1200, height = 760): string {
  const slashes = [0, 1, 2, 3].map(
    (index) =>
      `<path d="M${470 + index * 90} 330 q34 60 6 130" fill="none" stroke="#f6dcae" stroke-width="16" stroke-linecap="round"/>`,
  )
  const board = `<rect y="500" width="${width}" height="260" fill="#7a4a2f"/><rect x="230" y="470" width="760" height="60" rx="18" fill="#a9714a"/>`
  const loaf = `<ellipse cx="610" cy="410" rx="290" ry="120" fill="#b8713a"/><ellipse cx="610" cy="392" rx="270" ry="100" fill="#d08f4e"/>`
  return frame(
    width,
    height,
    palettes.warm,
    `${board}${loaf}${slashes.join('')}<circle cx="930" cy="452" r="40" fill="#ecc440"/>`,
  )
}

/** Rows of stitches, two colours, one of them wrong on purpose. */
export function knitting(seed: number, width = 1200, height = 760): string {
  const next = chance(seed)
  const [cell, across, down] = [48, 25, 16]
  const stitches: string[] = []
  for (let row = 0; row < down; row += 1)
    for (let column = 0; column < across; column += 1) {
      const isFigure = (row + column) % 6 === 0 || (row - column + 60) % 6 === 0
      const isWrong = row === 9 && column === 14
      const colour = isFigure !== isWrong ? '#f3ead9' : next() > 0.5 ? '#2f6f86' : '#337a91'
      const [x, y] = [column * cell, row * cell]
      stitches.push(`<path d="M${x + 4} ${y + 6} l20 30 l20 -30 v14 l-20 30 l-20 -30 z" fill="${colour}"/>`)
    }
  return frame(width, height, { ...palettes.night, sky: ['#1f5063', '#1f5063'] }, stitches.join(''))
}

export type Face = {
  skin: string
  hair: string
  style: 'short' | 'long' | 'bun' | 'cap' | 'scarf'
  shirt: string
  ground: string
}

/** A portrait of a few shapes. */
export function portrait({ skin, hair, style, shirt, ground }: Face): string {
  const back = style === 'long' ? `<path d="M120 170 q80 -110 160 0 v150 h-160 z" fill="${hair}"/>` : ''
  const top: Record<Face['style'], string> = {
    short: `<path d="M132 178 q6 -78 68 -78 q62 0 68 78 q-30 -40 -68 -40 q-38 0 -68 40z" fill="${hair}"/>`,
    long: `<path d="M130 200 q0 -100 70 -100 q70 0 70 100 q-24 -58 -70 -58 q-46 0 -70 58z" fill="${hair}"/>`,
    bun: `<circle cx="200" cy="92" r="28" fill="${hair}"/><path d="M132 182 q4 -80 68 -80 q64 0 68 80 q-30 -42 -68 -42 q-38 0 -68 42z" fill="${hair}"/>`,
    cap: `<path d="M126 164 q8 -74 74 -74 q66 0 74 74 z" fill="${hair}"/><rect x="196" y="156" width="104" height="14" rx="7" fill="${hair}"/>`,
    scarf: `<path d="M118 210 q-6 -122 82 -122 q88 0 82 122 q-6 70 -34 96 h-96 q-28 -26 -34 -96z" fill="${hair}"/>`,
  }
  const head = `<rect x="176" y="230" width="48" height="60" fill="${skin}"/><ellipse cx="200" cy="196" rx="58" ry="66" fill="${skin}"/>`
  const body = `<path d="M70 400 q10 -124 130 -124 q120 0 130 124z" fill="${shirt}"/>`
  const face = `<circle cx="178" cy="196" r="6" fill="#2a2320"/><circle cx="222" cy="196" r="6" fill="#2a2320"/><path d="M180 226 q20 18 40 0" fill="none" stroke="#2a2320" stroke-width="5" stroke-linecap="round"/>`
  const layers = style === 'scarf' ? `${body}${top.scarf}${head}${face}` : `${back}${body}${head}${face}${top[style]}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400"><rect width="400" height="400" fill="${ground}"/>${layers}</svg>`
}
