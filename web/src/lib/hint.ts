/** The one cookie that scripts may read: how many accounts this browser is signed in with, and nothing of whom. */
const NAME = location.protocol === 'https:' ? 'hamlet-signed-in' : `hamlet-signed-in-${location.port || '80'}`

/** 0 when nobody is signed in. */
export function countSignedIn(): number {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${NAME}=`))
  return Number(found?.slice(NAME.length + 1)) || 0
}
