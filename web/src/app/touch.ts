/** What home does without until its reader does something: it comes as one file, at the first touch (`touched.ts`). */
export { moreItems } from '../features/statuses/card/more.ts'
export { ThreadPage } from '../features/statuses/thread/thread-page.tsx'
