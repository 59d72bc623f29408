export { makeHttpServer, type HttpServer, type HttpOptions } from './server.ts'
export {
  route,
  anyone,
  anyToken,
  reader,
  app,
  user,
  type Route,
  type Viewer,
  type UserViewer,
  type Answer,
  type RateLimit,
} from './route.ts'
export type { Page, PageCall, PageContent, PageSource, RenderedPage } from './page.ts'
export type { Authenticate } from './access.ts'
export { linkPages, rowCursors, statusCursors } from './link.ts'
export { describeApi } from './openapi.ts'
