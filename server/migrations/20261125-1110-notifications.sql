create table notifications (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  type text not null,
  from_account_id bigint not null references accounts (id),
  status_id bigint,
  group_key text,
  filtered boolean not null default false,
  created_at timestamptz not null,
  unique nulls not distinct (account_id, type, from_account_id, status_id)
);
create index notifications_account on notifications (account_id, id desc);
create index notifications_group on notifications (account_id, group_key, id desc) where group_key is not null;
create index notifications_from on notifications (from_account_id, account_id);
create index notifications_status on notifications (status_id) where status_id is not null;
comment on table notifications is 'room: notifications · grows with what people do to each other · the newest 10,000 of each person are kept, older ones are pruned by notifications.prune';
comment on column notifications.id is 'counted up from one: apps read it as a JSON number, which holds no 64-bit id (mastodon-api, NotificationGroup)';
comment on column notifications.status_id is 'no reference, since a job of this room follows the deletion of a status';

create table notification_policies (
  account_id bigint primary key references accounts (id),
  for_not_following text not null default 'accept' check (for_not_following in ('accept', 'filter', 'drop')),
  for_not_followers text not null default 'accept' check (for_not_followers in ('accept', 'filter', 'drop')),
  for_new_accounts text not null default 'accept' check (for_new_accounts in ('accept', 'filter', 'drop')),
  for_private_mentions text not null default 'filter' check (for_private_mentions in ('accept', 'filter', 'drop')),
  for_limited_accounts text not null default 'filter' check (for_limited_accounts in ('accept', 'filter', 'drop')),
  for_bots text not null default 'accept' check (for_bots in ('accept', 'filter', 'drop'))
);
comment on table notification_policies is 'room: notifications · a row per person who changed it · goes with its account';

create table notification_permissions (
  account_id bigint not null references accounts (id),
  from_account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  primary key (account_id, from_account_id)
);
create index notification_permissions_from on notification_permissions (from_account_id);
comment on table notification_permissions is 'room: notifications · a row per accepted request · goes with its accounts';

create table notification_requests (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  from_account_id bigint not null references accounts (id),
  last_status_id bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (account_id, from_account_id)
);
create index notification_requests_account on notification_requests (account_id, id desc);
create index notification_requests_from on notification_requests (from_account_id);
comment on table notification_requests is 'room: notifications · a row per sender whose mentions are filtered · pruned when answered; goes with its accounts';
