create table trending_statuses (
  status_id bigint primary key,
  score double precision not null
);
create index trending_statuses_score on trending_statuses (score desc);
comment on table trending_statuses is 'room: discovery · at most 200 rows · pruned by discovery.score, which writes it anew';

create table trending_tags (
  name text primary key,
  score double precision not null
);
comment on table trending_tags is 'room: discovery · at most 100 rows · pruned by discovery.score, which writes it anew';

create table trending_links (
  card_id bigint primary key,
  status_id bigint not null,
  score double precision not null
);
comment on table trending_links is 'room: discovery · at most 100 rows · pruned by discovery.score, which writes it anew';
comment on column trending_links.status_id is 'an open post that leads there, by which the card is found';

create table dismissed_suggestions (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  unique (account_id, target_account_id)
);
create index dismissed_suggestions_target on dismissed_suggestions (target_account_id);
comment on table dismissed_suggestions is 'room: discovery · a few per person · goes with either account';
