import type { SlowServer } from '@hamlet/contract/admin'
import { t, amount } from '../../i18n/words.ts'
import { Ago } from '../../ui/time.tsx'
import { saySpan } from './words.ts'

/** Servers that something waits for, and when they are tried next. */
export function SlowServers({ servers, known }: { servers: readonly SlowServer[]; known: number }) {
  return (
    <section class="plot slow" aria-labelledby="slow">
      <div class="plot-head">
        <h2 id="slow">{t('admin.slow', 'Servers slow to answer')}</h2>
        <span class="meta">{t('admin.known', '{n, number} known', { n: known })}</span>
      </div>
      {servers.length === 0 ? (
        <p class="slow-none">{t('admin.slowNone', 'Every server takes what we send.')}</p>
      ) : (
        <table class="slow-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.server', 'Server')}</th>
              <th scope="col">{t('admin.waits', 'Waiting')}</th>
              <th scope="col">{t('admin.lastAnswer', 'Last answer')}</th>
              <th scope="col">{t('admin.nextTry', 'Next try')}</th>
            </tr>
          </thead>
          <tbody>
            {servers.map((one) => (
              <tr key={one.host}>
                <th scope="row">
                  <bdi>{one.host}</bdi>
                </th>
                <td>{amount(one.waiting)}</td>
                <td>{one.last_success_at ? <Ago at={one.last_success_at} /> : t('admin.never', 'never')}</td>
                <td>{sayNext(one.retry_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function sayNext(at: string | null): string {
  const seconds = at === null ? 0 : (Date.parse(at) - Date.now()) / 1000
  return seconds <= 0 ? t('admin.soon', 'soon') : t('admin.in', 'in {span}', { span: saySpan(seconds, 'short') })
}
