create table thread_mutes (
  account_id bigint not null references accounts (id),
  conversation_id bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (account_id, conversation_id)
);
create index thread_mutes_expires on thread_mutes (expires_at) where expires_at is not null;
comment on table thread_mutes is 'room: interactions · a row per thread that somebody muted · pruned after its end by interactions.prune-thread-mutes; goes with its account';
comment on column thread_mutes.conversation_id is 'as statuses name it; no reference, since statuses lie in a higher room';
