import { Type } from 'typebox'
import { readSettings } from '#features/settings'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { readPictures, type SitePicture } from '../pictures.ts'

const Manifest = Type.Object({
  id: Type.String(),
  name: Type.String(),
  short_name: Type.String(),
  start_url: Type.String(),
  scope: Type.String(),
  display: Type.String(),
  icons: Type.Array(Type.Object({ src: Type.String(), type: Type.String() })),
})

const ICONS = [
  { src: '/logo.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
  { src: '/icon-192.png', type: 'image/png', sizes: '192x192', purpose: 'any' },
  { src: '/icon-512.png', type: 'image/png', sizes: '512x512', purpose: 'any' },
  { src: '/icon-maskable.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
]
const TYPES: Record<string, string> = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' }

/** What the team put in place of ours, in both sizes. */
function iconsOf(ctx: Context, { small_key, large_key }: SitePicture) {
  const type = TYPES[small_key.split('.').at(-1) ?? ''] ?? 'image/webp'
  return [
    { src: ctx.blobs.url(small_key), type, sizes: '192x192', purpose: 'any' },
    { src: ctx.blobs.url(large_key), type, sizes: '512x512', purpose: 'any' },
  ]
}

const icons = [{ src: '/icon-192.png', type: 'image/png', sizes: '192x192' }]
const SHORTCUTS = [
  { name: 'New post', url: '/share', icons },
  { name: 'Notifications', url: '/notifications', icons },
  { name: 'Search', url: '/search', icons },
]
/** The page's own ground, light: what stands behind the app until it is drawn (tokens.css, --bg). */
const GROUND = '#f5f7f8'
const LONGEST_SHORT = 12

/** What a device asks that puts the app on its screen (W3C, Web Application Manifest). */
export const manifestRoutes = [
  route({
    method: 'GET',
    path: '/manifest.webmanifest',
    summary: 'Describe the web app for who installs it',
    access: anyone,
    produces: 'application/manifest+json',
    response: Manifest,
    handle: async ({ ctx, answer }) => {
      const { title, description } = await readSettings(ctx)
      const { icon } = await readPictures(ctx)
      answer.header('Cache-Control', 'public, max-age=180')
      return {
        id: '/home',
        name: title,
        short_name: title.length <= LONGEST_SHORT ? title : (title.split(/\s/)[0] ?? title),
        ...(description === '' ? {} : { description }),
        start_url: '/home',
        scope: '/',
        display: 'standalone',
        background_color: GROUND,
        theme_color: GROUND,
        categories: ['social'],
        icons: icon ? iconsOf(ctx, icon) : ICONS,
        shortcuts: SHORTCUTS,
        share_target: { action: '/share', method: 'GET', params: { title: 'title', text: 'text', url: 'url' } },
      }
    },
  }),
]
