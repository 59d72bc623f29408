create table trend_reviews (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('status', 'link')),
  subject_id bigint not null,
  trendable boolean,
  reviewed_at timestamptz,
  requested_review_at timestamptz,
  unique (kind, subject_id)
);
comment on table trend_reviews is 'room: discovery · a row per post or link that was talked about · pruned by discovery.score when the post or the link is gone';
comment on column trend_reviews.id is 'of a link, its id for the team: small, since apps read it as a number';
comment on column trend_reviews.subject_id is 'the post, or the card of the link; no reference, since a decision may outlive it for minutes';
comment on column trend_reviews.trendable is 'null until the team decides; then the publisher of a link, or the setting, counts';

create table link_publishers (
  id bigint generated always as identity primary key,
  host text not null unique,
  trendable boolean,
  reviewed_at timestamptz,
  requested_review_at timestamptz
);
comment on table link_publishers is 'room: discovery · a row per host that somebody linked often enough to be talked about · pruned by nobody: they are decisions';
