import { t } from '../i18n/words.ts'

/** A QR code: dark on light in every theme, since cameras read it. */
export function QrCode({ qr }: { qr: { size: number; path: string } }) {
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      width={208}
      height={208}
      role="img"
      aria-label={t('ui.qrCode', 'A picture for the app to scan')}
      shape-rendering="crispEdges"
    >
      <rect width={qr.size} height={qr.size} fill="white" />
      <path d={qr.path} fill="black" />
    </svg>
  )
}
