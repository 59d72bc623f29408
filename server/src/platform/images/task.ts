/** What the two processes tell each other. */
export type Extension = 'jpg' | 'png' | 'webp' | 'gif'

/** `within` keeps the proportions below an area in pixels; `cover` fills a frame, cutting what stands out. */
export type Shape = { within: number; keepsMotion?: boolean } | { cover: { width: number; height: number } }

export type DrawTask = {
  /** The file as it came. */
  path: string
  maxPixels: number
  /** Pixels of one frame of a moving picture. */
  maxFramePixels: number
  /** Draws the first frame of what moves too much, where it would be refused otherwise. */
  mayStandStill?: boolean
  shapes: Record<string, Shape>
}

export type DrawnFile = { content: Buffer; extension: Extension; width: number; height: number }
export type Drawn = { files: Record<string, DrawnFile>; blurhash: string }

export type Question = { number: number; task: DrawTask }
export type Problem = 'kind' | 'size' | 'broken'
export type Answer =
  | { kind: 'ready' }
  | { kind: 'drawn'; number: number; drawn: Drawn }
  | { kind: 'refused'; number: number; problem: Problem }
