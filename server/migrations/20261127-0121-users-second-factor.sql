alter table users add column second_factor_at timestamptz;
comment on column users.second_factor_at is 'since when a second factor is asked at sign-in; null while there is none';
alter table users add column second_factor_alert_at timestamptz;
comment on column users.second_factor_alert_at is 'when the person was last told of a wrong second factor, so that they hear of it once an hour';

alter table sessions add column proven_at timestamptz;
comment on column sessions.proven_at is 'when whoever sits there last proved who they are: what is grave asks for it anew after an hour';
alter table sessions add column method text not null default 'password';
comment on column sessions.method is 'how they came in: password, totp, recovery, passkey, openid, set-up';

create table totp_secrets (
  user_id bigint primary key references users (id) on delete cascade,
  sealed text not null,
  confirmed_at timestamptz,
  last_step bigint,
  created_at timestamptz not null
);
comment on table totp_secrets is 'room: users · one per person with an app for codes, sealed; the last used step is none any more · goes with its user or their wish, unconfirmed ones after a day by users.prune';

create table recovery_codes (
  user_id bigint not null references users (id) on delete cascade,
  code_hash bytea not null,
  created_at timestamptz not null,
  primary key (user_id, code_hash)
);
comment on table recovery_codes is 'room: users · ten per person with a second factor, each deleted as it is used · goes with its user or their second factor';

create table passkeys (
  id bigint primary key,
  user_id bigint not null references users (id) on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  is_synced boolean not null default false,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id);
comment on table passkeys is 'room: users · ten per person at most · goes with its user or their wish';

create table passkey_challenges (
  challenge_hash bytea primary key,
  purpose text not null,
  user_id bigint references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index passkey_challenges_user on passkey_challenges (user_id);
create index passkey_challenges_age on passkey_challenges (expires_at);
comment on table passkey_challenges is 'room: users · one per question to a passkey, deleted as it is answered · pruned when expired by users.prune';

create table pending_sign_ins (
  id bigint primary key,
  kind text not null,
  secret_hash bytea not null unique,
  user_id bigint not null references users (id) on delete cascade,
  account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index pending_sign_ins_user on pending_sign_ins (user_id);
create index pending_sign_ins_account on pending_sign_ins (account_id);
comment on table pending_sign_ins is 'room: users · whoever gave the first factor and owes the second · deleted when given, pruned when expired by users.prune';

create table sign_ins (
  id bigint primary key,
  user_id bigint references users (id) on delete cascade,
  method text not null,
  succeeded boolean not null,
  ip inet,
  user_agent text not null default '',
  created_at timestamptz not null
);
create index sign_ins_user on sign_ins (user_id, id);
create index sign_ins_age on sign_ins (created_at);
comment on table sign_ins is 'room: users · grows with sign-ins, also failed ones; without a user when nobody of that name is here, so that both cost the same · pruned after a year, and after a day without a user, by users.prune';
