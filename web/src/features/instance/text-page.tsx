import type { PageModel } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { sayDay } from '../../lib/say-day.ts'
import { Html } from '../../ui/html.tsx'

type Model = Extract<PageModel, { kind: 'text' }>

const Day = ({ day }: { day: string }) => <time dateTime={day}>{sayDay(day)}</time>

/** The privacy policy, or a version of the terms of service, with the way to the others. */
export function TextPage({ model: { name, html, day, versions } }: { model: Model }) {
  const others = versions.filter((one) => one !== day)
  return (
    <main class="text-page">
      <h1>{name === 'privacy' ? t('public.privacy', 'Privacy') : t('public.terms', 'Terms of service')}</h1>
      {day !== null && (
        <p class="meta">
          {name === 'privacy'
            ? rich('public.writtenOn', 'As of {date}', { date: <Day day={day} /> })
            : rich('public.countsFrom', 'In force from {date} on', { date: <Day day={day} /> })}
        </p>
      )}
      <div class="prose text-words" dir="auto">
        <Html html={html} />
      </div>
      {others.length > 0 && (
        <nav aria-labelledby="versions">
          <h2 id="versions">{t('public.versions', 'Other versions')}</h2>
          <ul>
            {others.map((one) => (
              <li key={one}>
                <a href={`/terms-of-service/${one}`}>
                  <Day day={one} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </main>
  )
}
