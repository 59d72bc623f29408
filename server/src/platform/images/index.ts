/** Pictures by strangers, read and drawn anew in a process of its own: what breaks there breaks nothing here. */
export { openImages, type Images, type ImagesOptions } from './images.ts'
export type { Drawn, DrawnFile, DrawTask, Extension, Shape } from './task.ts'
export { renderOwnSvg } from './render-svg.ts'
