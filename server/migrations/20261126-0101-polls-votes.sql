create table polls (
  status_id bigint primary key,
  account_id bigint not null references accounts (id),
  uri text,
  options text[] not null,
  tallies integer[] not null,
  voters_count integer,
  multiple boolean not null,
  hide_totals boolean not null default false,
  expires_at timestamptz,
  closed_at timestamptz,
  counts_due_at timestamptz,
  fetched_at timestamptz,
  created_at timestamptz not null,
  check (cardinality(options) = cardinality(tallies))
);
create index polls_account on polls (account_id);
comment on table polls is 'room: polls · a row per post that asks something · goes with its post, by statuses';
comment on column polls.status_id is 'the post that asks, whose id is the poll''s own; no reference, since statuses lie in a higher room';
comment on column polls.uri is 'the address of the question, where votes for it go; null for our own';
comment on column polls.tallies is 'votes by option; of our own always a recount of poll_votes, of others what their server said last';
comment on column polls.voters_count is 'null where the other server does not say';
comment on column polls.closed_at is 'when everybody here was told that it had ended';
comment on column polls.counts_due_at is 'when its new counts are to be told to others; null when nothing new is known';
comment on column polls.fetched_at is 'when its counts were last got or asked for from its own server';

create table poll_votes (
  status_id bigint not null references polls (status_id) on delete cascade,
  account_id bigint not null references accounts (id),
  choice smallint not null,
  created_at timestamptz not null,
  primary key (status_id, account_id, choice)
);
create index poll_votes_account on poll_votes (account_id);
comment on table poll_votes is 'room: polls · a row per option that somebody chose · goes with its poll and its account';
