create table push_subscriptions (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  token_id bigint unique,
  session_id bigint unique,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  standard boolean not null,
  alerts jsonb not null,
  policy text not null check (policy in ('all', 'followed', 'follower', 'none')),
  locale text not null,
  sealed_token bytea,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (num_nonnulls(token_id, session_id) = 1)
);
create index push_subscriptions_account on push_subscriptions (account_id, updated_at desc);
comment on table push_subscriptions is 'room: notifications · a row per app or browser that is to be woken · goes with its token or session, pruned by notifications.prune';
comment on column push_subscriptions.token_id is 'no reference to oauth_tokens or sessions: who signs out is signed out at once, and a job of this room follows';
comment on column push_subscriptions.sealed_token is 'an app finds its account by its own token in the push (mastodon-api 1.12); sealed by a key that is not in the database';

create table push_hosts (
  host text primary key,
  failures integer not null default 0,
  retry_at timestamptz,
  updated_at timestamptz not null
);
comment on table push_hosts is 'room: notifications · a row per push service that failed lately · pruned by notifications.prune after a month';

create table notification_pauses (
  account_id bigint not null references accounts (id),
  status_id bigint not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (account_id, status_id)
);
create index notification_pauses_status on notification_pauses (status_id);
comment on table notification_pauses is 'room: notifications · a row per post that somebody rests from · pruned by notifications.prune once it is over';
comment on column notification_pauses.status_id is 'no reference, since a job of this room follows the deletion of a status';

alter table notifications add column about_id bigint, add column quiet boolean not null default false;
comment on column notifications.about_id is 'the receiver''s own post that this happened on: the answered one for a mention; null where there is none';
comment on column notifications.quiet is 'happened while the post was paused: told in the list, counted and pushed nowhere';
update notifications set about_id = status_id where type in ('favourite', 'reblog');
create index notifications_about on notifications (account_id, about_id, created_at) where about_id is not null;
