create table favourites (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  status_id bigint not null,
  uri text not null unique,
  created_at timestamptz not null,
  unique (account_id, status_id)
);
create index favourites_status on favourites (status_id, id desc);
create index favourites_account on favourites (account_id, id desc);
comment on table favourites is 'room: interactions · grows with favourites · goes with its account and, by statuses, with its status';

create table bookmarks (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  status_id bigint not null,
  created_at timestamptz not null,
  unique (account_id, status_id)
);
create index bookmarks_status on bookmarks (status_id);
create index bookmarks_account on bookmarks (account_id, id desc);
comment on table bookmarks is 'room: interactions · grows with bookmarks, never leaves this server · goes with its account and, by statuses, with its status';

create index statuses_boosts on statuses (reblog_of_id, id desc) where reblog_of_id is not null;
