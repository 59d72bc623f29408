create table statuses (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  uri text not null unique,
  url text not null,
  in_reply_to_id bigint,
  in_reply_to_account_id bigint,
  reblog_of_id bigint references statuses (id),
  text text not null default '',
  content text not null default '',
  spoiler_text text not null default '',
  visibility text not null check (visibility in ('public', 'unlisted', 'private', 'direct')),
  sensitive boolean not null default false,
  language text,
  created_at timestamptz not null,
  edited_at timestamptz,
  state text not null default 'live' check (state in ('live', 'held', 'removed')),
  quote_policy text not null default 'public' check (quote_policy in ('public', 'followers', 'nobody')),
  application_id bigint,
  is_local boolean not null,
  replies_count integer not null default 0,
  reblogs_count integer not null default 0,
  favourites_count integer not null default 0,
  version integer not null default 1
);
create index statuses_account on statuses (account_id, id desc);
create index statuses_public on statuses (id desc) where visibility = 'public' and state = 'live' and reblog_of_id is null;
create index statuses_public_local on statuses (id desc) where visibility = 'public' and state = 'live' and reblog_of_id is null and is_local;
create index statuses_replies on statuses (in_reply_to_id, id) where in_reply_to_id is not null;
create unique index statuses_one_boost on statuses (account_id, reblog_of_id) where reblog_of_id is not null;
comment on table statuses is 'room: statuses · grows with every post · pruned by nobody yet: there are no remote ones';

create table mentions (
  status_id bigint not null references statuses (id) on delete cascade,
  account_id bigint not null references accounts (id),
  primary key (status_id, account_id)
);
create index mentions_account on mentions (account_id, status_id desc);
comment on table mentions is 'room: statuses · a few per status · goes with its status';

create table status_tags (
  status_id bigint not null references statuses (id) on delete cascade,
  name text not null,
  primary key (status_id, name)
);
create index status_tags_name on status_tags (name, status_id desc);
comment on table status_tags is 'room: statuses · a few per status · goes with its status';

create table status_tombstones (
  uri text primary key,
  deleted_at timestamptz not null
);
comment on table status_tombstones is 'room: statuses · a row per deletion · pruned after 90 days by statuses.prune-tombstones';
