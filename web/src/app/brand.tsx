import { server } from './session.ts'

/** The name of the server at the top of a rail; it leads home. */
export function Brand({ size }: { size: number }) {
  return (
    <a class="brand rail-brand" href="/home">
      <img src={server.value.icon?.[0]?.src ?? '/logo.svg'} alt="" width={size} height={size} />
      <span dir="auto">{server.value.title}</span>
    </a>
  )
}
