create table severances (
  id bigint primary key,
  type text not null check (type in ('domain_block', 'user_domain_block', 'account_suspension')),
  target_name text not null,
  initiator_account_id bigint references accounts (id),
  purged boolean not null default false,
  created_at timestamptz not null,
  settled_at timestamptz,
  undone_at timestamptz
);
create index severances_target on severances (target_name, id);
create unique index severances_open on severances (type, target_name, initiator_account_id) nulls not distinct where settled_at is null;
comment on table severances is 'room: relationships · a row each time that ties to a server or an account were cut · kept; the names of its people go with their accounts';
create index severances_initiator on severances (initiator_account_id) where initiator_account_id is not null;
comment on column severances.initiator_account_id is 'who blocked the server; null where the team did, and when that person left';
comment on column severances.settled_at is 'when the last tie was cut; until then a job goes on';
comment on column severances.undone_at is 'when what could be given back was';

create table severance_people (
  id bigint generated always as identity primary key,
  severance_id bigint not null references severances (id),
  account_id bigint not null references accounts (id),
  following_count integer not null,
  followers_count integer not null,
  created_at timestamptz not null,
  unique (severance_id, account_id)
);
create index severance_people_account on severance_people (account_id, id desc);
comment on table severance_people is 'room: relationships · a row per person here who lost somebody · goes with its account';

create table severance_follows (
  id bigint generated always as identity primary key,
  severance_id bigint not null references severances (id),
  local_account_id bigint not null references accounts (id),
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  uri text not null,
  show_reblogs boolean not null,
  notify boolean not null,
  languages text[],
  restored_at timestamptz,
  unique (severance_id, account_id, target_account_id)
);
create index severance_follows_local on severance_follows (local_account_id, severance_id);
create index severance_follows_account on severance_follows (account_id);
create index severance_follows_target on severance_follows (target_account_id);
create index severance_follows_left on severance_follows (severance_id, id) where restored_at is null;
comment on table severance_follows is 'room: relationships · a row per follow that was cut with a server · kept so that it can be given back and listed; goes with its accounts';
