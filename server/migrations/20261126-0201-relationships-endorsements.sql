create table endorsements (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  unique (account_id, target_account_id),
  check (account_id <> target_account_id)
);
create index endorsements_target on endorsements (target_account_id);
comment on table endorsements is 'room: relationships · a few per person · goes with its accounts and with the follow it rests on';

create table account_domain_blocks (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  domain_id bigint not null references domains (id),
  created_at timestamptz not null,
  unique (account_id, domain_id)
);
comment on table account_domain_blocks is 'room: relationships · the servers that a person wants nothing of, a few per person · goes with its account';
