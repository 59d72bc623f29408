import type { Evidence, ReportCase } from '@hamlet/contract/moderation'
import { useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { readHtml, textOf } from '../../../lib/html-tree.ts'
import { Blur } from '../../../ui/blur.tsx'
import { Html } from '../../../ui/html.tsx'
import { nameOf } from '../../../ui/name.tsx'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { Ago, FullTime, Moment } from '../../../ui/time.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Diff } from '../../statuses/composer/diff-text.tsx'

/** What was said, as it was when it was reported, with the thread around it. */
export function CaseEvidence({ report }: { report: ReportCase }) {
  const [today, setToday] = useState(report.revealed_today)
  return (
    <section class="case-evidence" aria-label={t('moderation.whatReported', 'What was reported')}>
      {report.comment && (
        <blockquote class="case-comment" dir="auto">
          {report.comment}
        </blockquote>
      )}
      {report.evidence.length > 0 && (
        <p class="meta case-when">
          <Icon name="camera" small /> {t('cases.asOf', 'As it was when it was reported:')}{' '}
          <FullTime at={report.created_at} />
        </p>
      )}
      {report.evidence.map((post) =>
        post.place === 'reported' ? (
          <Reported key={post.id} post={post} reportId={report.id} today={today} count={setToday} />
        ) : (
          <Around key={post.id} post={post} />
        ),
      )}
      {report.evidence.length === 0 && (
        <p class="lead">{t('moderation.noPost', 'No post was named. The report is about the account as a whole.')}</p>
      )}
    </section>
  )
}

/** A post of the thread, for the sense of it. */
function Around({ post }: { post: Evidence }) {
  return (
    <article class="case-around">
      <Avatar src={post.account.avatar} size={28} />
      <div>
        <p class="meta">
          <strong>
            <bdi>{nameOf(post.account)}</bdi>
          </strong>{' '}
          · <Ago at={post.at} />
        </p>
        {post.warning && <p class="card-warning">{post.warning}</p>}
        <div class="prose" dir="auto" lang={post.language ?? undefined}>
          <Html html={post.html} />
        </div>
      </div>
    </article>
  )
}

const audiences: Record<string, () => string> = {
  public: () => t('cases.everyone', 'Everyone'),
  unlisted: () => t('cases.unlisted', 'Everyone, quietly'),
  private: () => t('cases.followers', 'Followers only'),
  direct: () => t('cases.mentioned', 'Only who is mentioned'),
}

type ReportedProps = { post: Evidence; reportId: string; today: number; count: (today: number) => void }

function Reported({ post, reportId, today, count }: ReportedProps) {
  return (
    <article class="case-post">
      <header>
        <Avatar src={post.account.avatar} size={36} />
        <p>
          <strong>
            <bdi>{nameOf(post.account)}</bdi>
          </strong>
          <span class="meta">
            <bdi>@{post.account.acct}</bdi> · <Ago at={post.at} /> · {audiences[post.visibility]?.() ?? post.visibility}
          </span>
        </p>
        <span class="tag case-tag">
          <Icon name="report" small /> {t('cases.reported', 'Reported')}
        </span>
      </header>
      {post.warning && <p class="card-warning">{post.warning}</p>}
      <div class="prose" dir="auto" lang={post.language ?? undefined}>
        <Html html={post.html} />
      </div>
      {post.media.map((one) => (
        <CoveredMedia key={one.id} media={one} reportId={reportId} count={count} />
      ))}
      {post.media.length > 0 && (
        <p class="meta">
          {t(
            'cases.opened',
            'Covered for you. {n, plural, =0 {You have opened none today.} one {You have opened # today.} other {You have opened # today.}}',
            {
              n: today,
            },
          )}
        </p>
      )}
      <History post={post} />
    </article>
  )
}

type Step = { at: string; before: string; after: string }

/** Each step from one version to the next: those from before the report, then what it reads now. */
function stepsOf({ edits, html, now }: Evidence): Step[] {
  const versions = edits.length > 0 && edits.at(-1)?.html !== html ? [...edits, { html, at: '' }] : edits
  const steps = versions.slice(1).map((one, index) => ({
    at: one.at,
    before: versions[index]?.html ?? '',
    after: one.html,
  }))
  return now ? [...steps, { at: now.at, before: html, after: now.html }] : steps
}

/** What became of it, before it was reported and since, struck and added (picture 13b). */
function History({ post }: { post: Evidence }) {
  const steps = stepsOf(post)
  if (!post.is_gone && steps.length === 0) return null
  return (
    <footer class="case-history">
      {steps.map((step, index) => (
        <div key={index}>
          <p class="meta">
            {t('cases.edited', 'Edited')} {step.at && <Moment at={step.at} />}
          </p>
          <p class="diff" dir="auto">
            <Diff before={wordsOf(step.before)} after={wordsOf(step.after)} />
          </p>
        </div>
      ))}
      {post.is_gone && <p class="meta">{t('moderation.goneByNow', 'The post is gone by now.')}</p>}
    </footer>
  )
}

/** The words of a post without its markup, line by line. */
const wordsOf = (html: string): string =>
  readHtml(html)
    .map((node) => textOf([node]))
    .join('\n')

type MediaProps = { media: Evidence['media'][number]; reportId: string; count: (today: number) => void }

/** A picture, grey and blurred until it is asked for; how many one opens in a day is counted (web-spec M-12). */
function CoveredMedia({ media, reportId, count }: MediaProps) {
  const [url, setUrl] = useState<string | null>()
  const [isBusy, setBusy] = useState(false)
  const reveal = async () => {
    setBusy(true)
    try {
      const path = `/api/web/moderation/reports/${reportId}/media/${media.id}/reveal`
      const shown = await request<{ url: string | null; today: number }>('POST', path)
      setUrl(shown.url)
      count(shown.today)
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  const words = media.description ?? t('cases.noDescription', 'Without a description')
  if (url === null) return <p class="meta">{t('cases.lost', 'The file is gone. {words}', { words })}</p>
  if (url !== undefined && media.type !== 'image')
    return (
      <p>
        <a href={url} target="_blank" rel="noopener noreferrer">
          {words}
        </a>
      </p>
    )
  if (url !== undefined) return <img class="case-picture" src={url} alt={words} />
  return (
    <div class="case-picture case-covered">
      {media.blurhash && <Blur hash={media.blurhash} />}
      <button class="button" type="button" aria-busy={isBusy} onClick={() => void reveal()}>
        <Icon name="shown" small />
        {t('cases.show', 'Show picture')}
        <span class="visually-hidden">: {words}</span>
      </button>
    </div>
  )
}
