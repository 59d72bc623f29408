export { makeHttpServer, type HttpServer } from './server.ts'
export type { Answered, HttpOptions } from './shared.ts'
export {
  route,
  anyone,
  anyToken,
  reader,
  app,
  away,
  leaver,
  newcomer,
  shut,
  type Closed,
  type Leniency,
  user,
  type Route,
  type Viewer,
  type UserViewer,
  type Answer,
  type RateLimit,
  type UploadedFile,
} from './route.ts'
export type {
  Page,
  PageCall,
  PageContent,
  PageSource,
  PersonalPage,
  PublicPage,
  Redirect,
  RenderedPage,
  RenderOptions,
  Visit,
} from './page.ts'
export { PAGE_VARIES } from './tongue.ts'
export { readBearer, type Authenticate } from './access.ts'
export type { Asked, Attended, LiveDoor, LiveMessage, Wire, WireEnd } from './live.ts'
export { emptyList } from './empty.ts'
export type { BuiltFile } from './compression.ts'
export { readBoolean } from './input.ts'
export type { ServedFile } from './files.ts'
export { linkPages, rowCursors, statusCursors } from './link.ts'
export { MOST_OTHERS, sessionCookieName, type Jar, type OtherSession } from './session.ts'
export { describeApi } from './openapi.ts'
