/** Where a filter acts, and what it does there (mastodon-api Part 2, Filter). */
export const filterContexts = ['home', 'notifications', 'public', 'thread', 'account'] as const
export type FilterContext = (typeof filterContexts)[number]

export const filterActions = ['warn', 'hide', 'blur'] as const
export type FilterAction = (typeof filterActions)[number]

export const isContext = (text: string): text is FilterContext => filterContexts.some((one) => one === text)
export const isAction = (text: string): text is FilterAction => filterActions.some((one) => one === text)
