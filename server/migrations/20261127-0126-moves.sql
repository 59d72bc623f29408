create table moves (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  followers_count integer not null,
  created_at timestamptz not null
);
create index moves_account on moves (account_id, id desc);
create index moves_target on moves (target_account_id);
comment on table moves is 'room: moves · a row per time that somebody here moved away, once a month at most · goes with either account';
