import sharp from 'sharp'

/** Draws an SVG of our own making as a PNG. Never for what others send: that goes through the child (see `images.ts`). */
export async function renderOwnSvg(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer()
}
