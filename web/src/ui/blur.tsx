import { decodeBlurHash } from 'fast-blurhash'
import { useEffect, useRef } from 'preact/hooks'

const SIZE = 32

/** The colours of a picture that is not there yet, or is not to be seen yet. */
export function Blur({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const pen = canvas.current?.getContext('2d')
    if (!pen) return
    const image = pen.createImageData(SIZE, SIZE)
    image.data.set(decodeBlurHash(hash, SIZE, SIZE))
    pen.putImageData(image, 0, 0)
  }, [hash])
  return <canvas ref={canvas} width={SIZE} height={SIZE} aria-hidden="true" />
}
