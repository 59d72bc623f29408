create table link_cards (
  id bigint primary key,
  link text not null unique,
  url text not null,
  host text not null,
  type text not null default 'link' check (type in ('link', 'photo', 'video')),
  title text not null default '',
  description text not null default '',
  language text,
  author_name text not null default '',
  author_url text not null default '',
  author_account_id bigint references accounts (id),
  provider_name text not null default '',
  provider_url text not null default '',
  embed_url text not null default '',
  width integer not null default 0,
  height integer not null default 0,
  image_url text,
  image_description text not null default '',
  blurhash text,
  published_at timestamptz,
  used_at timestamptz not null,
  fetched_at timestamptz,
  ordered_at timestamptz,
  tried_at timestamptz,
  retry_at timestamptz,
  failures integer not null default 0,
  problem text
);
create index link_cards_host on link_cards (host, tried_at);
create index link_cards_used on link_cards (used_at);
create index link_cards_author on link_cards (author_account_id) where author_account_id is not null;
create index link_cards_url on link_cards (url);
comment on table link_cards is 'room: cards · a row per address that a post links to, shared by all posts that do · pruned by cards.prune a while after the last post is gone';
comment on column link_cards.link is 'the address as posts name it, without its fragment';
comment on column link_cards.url is 'where it led in the end';
comment on column link_cards.host is 'of url: the server that the words are from';
comment on column link_cards.author_account_id is 'whom the page names as its author; shown only while that account lists the host';
comment on column link_cards.ordered_at is 'since when a job is to fetch it; null while none is';
comment on column link_cards.retry_at is 'until when it is not asked for again after a failure';

create table status_cards (
  status_id bigint primary key,
  card_id bigint not null references link_cards (id) on delete cascade
);
create index status_cards_card on status_cards (card_id, status_id desc);
comment on table status_cards is 'room: cards · a row per post with a link · goes with its post';
comment on column status_cards.status_id is 'no reference, since statuses lie in a higher room';
