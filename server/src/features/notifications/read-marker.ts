export { findReadUpTo } from '#features/timelines'
