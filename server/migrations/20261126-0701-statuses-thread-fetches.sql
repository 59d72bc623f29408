create table thread_fetches (
  status_id bigint primary key references statuses (id) on delete cascade,
  token text not null unique,
  started_at timestamptz not null,
  finished_at timestamptz,
  found integer not null default 0,
  expected integer,
  silent_hosts text[] not null default '{}'
);
create index thread_fetches_started on thread_fetches (started_at);
comment on table thread_fetches is 'room: statuses · one per post from elsewhere whose thread was opened · pruned by statuses.prune-thread-fetches after 30 days, and goes with its post';
comment on column thread_fetches.expected is 'replies to the post that its own server names; null where it did not say';
comment on column thread_fetches.token is 'how apps ask how far it is';
