create table audit_log (
  id bigint primary key,
  actor_account_id bigint,
  action text not null,
  target_type text not null,
  target_id bigint,
  target_label text not null default '',
  details jsonb not null default '{}',
  created_at timestamptz not null
);
comment on table audit_log is 'room: audit · grows with acts of the team · kept, pruned by nobody';

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null
);
comment on table settings is 'room: settings · a row per changed setting · pruned by nobody';

create table rules (
  id bigint primary key,
  position integer not null,
  text text not null,
  hint text not null default '',
  created_at timestamptz not null,
  deleted_at timestamptz
);
comment on table rules is 'room: settings · a row per rule ever made · pruned by nobody: reports name them';

create table roles (
  id bigint primary key,
  name text not null,
  position integer not null,
  permissions bigint not null,
  color text not null default '',
  highlighted boolean not null default false,
  created_at timestamptz not null
);
comment on table roles is 'room: roles · a handful · pruned by nobody';

create table domains (
  id bigint primary key,
  host text not null unique,
  is_local boolean not null default false,
  first_seen_at timestamptz not null,
  federated_at timestamptz
);
create unique index domains_one_local on domains (is_local) where is_local;
comment on table domains is 'room: domains · a row per server met · pruned by nobody';
comment on index domains_one_local is 'today one local domain; dropping this index is all that several need of the schema';

create table accounts (
  id bigint primary key,
  domain_id bigint not null references domains (id),
  username text not null,
  display_name text not null default '',
  note text not null default '',
  uri text not null unique,
  url text not null,
  inbox_url text not null,
  shared_inbox_url text,
  followers_url text not null,
  following_url text not null,
  outbox_url text not null,
  actor_type text not null default 'Person',
  locked boolean not null default false,
  bot boolean not null default false,
  discoverable boolean,
  indexable boolean not null default false,
  hide_collections boolean,
  avatar_key text,
  header_key text,
  fields jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  suspended_at timestamptz,
  limited_at timestamptz,
  sensitized_at timestamptz,
  memorial boolean not null default false,
  moved_to_account_id bigint references accounts (id),
  followers_count integer not null default 0,
  following_count integer not null default 0,
  statuses_count integer not null default 0,
  last_status_at date,
  version integer not null default 1,
  is_demo boolean not null default false
);
create unique index accounts_handle on accounts (domain_id, lower(username));
comment on table accounts is 'room: accounts · a row per person here or met elsewhere · pruned by nobody yet: there are no remote ones';

create table account_keys (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  key_id text not null unique,
  public_pem text not null,
  private_pem text,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index account_keys_account on account_keys (account_id);
comment on table account_keys is 'room: accounts · one or two per account · goes with its account';

create table users (
  id bigint primary key,
  email text not null,
  password_hash text,
  role_id bigint not null references roles (id),
  confirmed_at timestamptz,
  approved_at timestamptz,
  disabled_at timestamptz,
  locale text not null default 'en',
  default_privacy text not null default 'public',
  default_sensitive boolean not null default false,
  default_language text,
  default_quote_policy text not null default 'public',
  sign_up_reason text,
  created_at timestamptz not null
);
create unique index users_email on users (lower(email));
comment on table users is 'room: users · a row per person who may log in · pruned by nobody yet: there is no sign-up';

create table user_accounts (
  user_id bigint not null references users (id) on delete cascade,
  account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  primary key (user_id, account_id)
);
create index user_accounts_account on user_accounts (account_id);
comment on table user_accounts is 'room: users · who may act for whom · goes with its user';

create table oauth_applications (
  id bigint primary key,
  client_id text not null unique,
  client_secret text not null,
  name text not null,
  website text,
  redirect_uris text[] not null,
  scopes text[] not null,
  created_at timestamptz not null
);
comment on table oauth_applications is 'room: oauth · a row per app registration · pruned by nobody yet';

create table oauth_tokens (
  id bigint primary key,
  token_hash bytea not null unique,
  application_id bigint not null references oauth_applications (id),
  user_id bigint references users (id),
  account_id bigint references accounts (id),
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index oauth_tokens_user on oauth_tokens (user_id);
comment on table oauth_tokens is 'room: oauth · a row per sign-in of an app · pruned by nobody yet';
