import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'

/** What somebody brought before: looked at again and again while something of it runs. */
export function useBrought<T>(path: string, isRunning: (one: T) => boolean, everyMs: number) {
  const [rows, setRows] = useState<T[]>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<T[]>('GET', path).then(setRows, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const isBusy = rows?.some(isRunning) ?? false
  useEffect(() => {
    if (!isBusy) return
    const timer = setInterval(load, everyMs)
    return () => clearInterval(timer)
  }, [isBusy])
  return { rows, setRows, fault, load }
}

type ChooserProps<T> = {
  path: string
  /** What goes with the file. */
  fields?: Record<string, string>
  label: string
  accept: string
  chosen: (draft: T) => void
  children: ComponentChildren
}

/** A file is chosen and sent at once; what the server finds in it is shown before anything is done. */
export function FileChooser<T>({ path, fields = {}, label, accept, chosen, children }: ChooserProps<T>) {
  const [isSending, setSending] = useState(false)
  const [fault, setFault] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const send = async (file: File) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('data', file)
    setSending(true)
    setFault('')
    try {
      chosen(await request<T>('POST', path, { form }))
    } catch (error) {
      setFault(explain(error))
    }
    if (field.current) field.current.value = ''
    setSending(false)
  }
  const faultId = useId()
  return (
    <div class="wish import-chooser">
      <span>
        {children}
        {fault && (
          <p class="field-fault" id={faultId} role="alert">
            {fault}
          </p>
        )}
      </span>
      <button
        class="button button-outline"
        type="button"
        aria-busy={isSending}
        aria-describedby={fault ? faultId : undefined}
        onClick={() => !isSending && field.current?.click()}
      >
        {label}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) void send(file)
        }}
      />
    </div>
  )
}
