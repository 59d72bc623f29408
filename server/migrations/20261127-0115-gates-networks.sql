create table blocked_networks (
  id bigint primary key,
  network cidr not null unique,
  severity text not null check (severity in ('sign_up_requires_approval', 'sign_up_block', 'no_access')),
  comment text not null default '',
  created_at timestamptz not null,
  expires_at timestamptz
);
comment on table blocked_networks is 'room: gates · a row per address or network that the team keeps out · those that have ended are pruned by gates.prune';

create table blocked_mailboxes (
  id bigint primary key,
  hash text not null unique,
  created_at timestamptz not null
);
comment on table blocked_mailboxes is 'room: gates · a row per mailbox that nobody may sign up with, as a hash · pruned by nobody';
comment on column blocked_mailboxes.hash is 'SHA-256 of the address without what providers pass over: features/gates/mailboxes.ts';
