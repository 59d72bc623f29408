import type { PreviewCard } from '@hamlet/contract/card'
import { formats, rich, t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'

type CardProps = {
  card: PreviewCard
  /** The post's pictures may be too much for some: then that of the page is, too. */
  isSensitive: boolean
  /** On a public page people lead to their own profiles, wherever these are. */
  isPublic?: boolean
}

/**
 * What stands behind a link (web-spec 4.3). Nothing here is asked of another server before it is pressed: the picture
 * comes from ours, and a film is played on its own page.
 */
export function LinkCard({ card, isSensitive, isPublic = false }: CardProps) {
  const image = isSensitive ? null : card.image
  const author = card.authors.find((one) => one.account)?.account
  return (
    <div class={image && isBroad(card) ? 'link-card link-card-broad' : 'link-card'}>
      {image && <Picture card={card} src={image} />}
      <div class="link-card-words">
        <p class="link-card-source">
          <Source card={card} />
        </p>
        <a
          class="link-card-title"
          href={card.url}
          target="_blank"
          rel="nofollow noopener noreferrer"
          {...wordsOf(card)}
        >
          {card.title}
        </a>
        {card.description !== '' && (
          <p class="link-card-text" {...wordsOf(card)}>
            {card.description}
          </p>
        )}
        {author ? (
          <a class="link-card-author" href={isPublic ? author.url : `/@${author.acct}`}>
            <Avatar src={author.avatar} size={20} />
            <span>{rich('cards.moreFrom', 'More from {name}', { name: <Name account={author} /> })}</span>
          </a>
        ) : (
          card.author_name !== '' && (
            <p class="link-card-by" dir="auto">
              {rich('cards.by', 'By {name}', { name: <bdi>{card.author_name}</bdi> })}
            </p>
          )
        )}
      </div>
    </div>
  )
}

const wordsOf = (card: PreviewCard) => ({ dir: 'auto' as const, ...(card.language ? { lang: card.language } : {}) })

/** Wide pictures stand above the words, others beside them. */
function isBroad({ width, height }: PreviewCard): boolean {
  return width >= 400 && height > 0 && width / height >= 1.25
}

function Picture({ card, src }: { card: PreviewCard; src: string }) {
  return (
    <div class="link-card-picture">
      <img src={src} alt={card.image_description} loading="lazy" />
      {card.type === 'video' && (
        <span class="link-card-play">
          <Icon name="play" />
        </span>
      )}
    </div>
  )
}

/** The server that was really asked is always named: what a page calls itself may be anything. */
function Source({ card }: { card: PreviewCard }) {
  const host = hostOf(card.url)
  const isNamed = card.provider_name !== '' && card.provider_name.toLowerCase() !== host
  const day = card.published_at && dayOf(card.published_at)
  return (
    <>
      {isNamed && (
        <>
          <bdi>{card.provider_name}</bdi>
          {' · '}
        </>
      )}
      <bdi>{card.type === 'video' ? t('cards.playsOn', 'plays on {host}', { host }) : host}</bdi>
      {day && <> · {day}</>}
    </>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url
}

function dayOf(at: string): string {
  return new Intl.DateTimeFormat(formats(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(at))
}
