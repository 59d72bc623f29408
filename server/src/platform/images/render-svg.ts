import sharp from 'sharp'

/**
 * Draws an SVG of our own making as a PNG. Never for what others send: that goes through the child (see `images.ts`).
 * It is hardly packed, since whoever keeps the picture draws it anew: packing well takes three times as long as drawing.
 */
export async function renderOwnSvg(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer()
}
