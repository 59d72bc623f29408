create table attempts (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
create index attempts_age on attempts (window_start);
comment on table attempts is 'platform: jobs · grows with sign-ins, sign-ups and reports · pruned after 1 day by platform.prune-attempts';

create table sessions (
  id bigint primary key,
  user_id bigint not null references users (id) on delete cascade,
  account_id bigint not null references accounts (id),
  secret_hash bytea not null unique,
  user_agent text not null default '',
  ip inet,
  created_at timestamptz not null,
  last_seen_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_age on sessions (last_seen_at);
comment on table sessions is 'room: users · a row per browser that is signed in · pruned after 90 days unseen by users.prune';

create table one_time_links (
  id bigint primary key,
  kind text not null,
  secret_hash bytea not null unique,
  user_id bigint references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index one_time_links_user on one_time_links (user_id);
comment on table one_time_links is 'room: users · set-up, confirmation and password links · used once, pruned when expired by users.prune';

create table oauth_grants (
  id bigint primary key,
  code_hash bytea not null unique,
  application_id bigint not null references oauth_applications (id),
  user_id bigint not null references users (id),
  account_id bigint not null references accounts (id),
  redirect_uri text not null,
  scopes text[] not null,
  code_challenge text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  token_id bigint references oauth_tokens (id) on delete cascade
);
create index oauth_grants_user on oauth_grants (user_id);
comment on table oauth_grants is 'room: oauth · a row per authorisation · pruned 1 day after it expired by oauth.prune';

alter table users add column sign_up_application_id bigint;
comment on column users.sign_up_application_id is 'the app that signed this person up; no reference, since apps lie in a higher room';
