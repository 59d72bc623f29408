create table quotes (
  id bigint primary key,
  status_id bigint not null unique references statuses (id) on delete cascade,
  account_id bigint not null references accounts (id),
  quoted_status_id bigint references statuses (id) on delete set null,
  quoted_account_id bigint references accounts (id),
  quoted_uri text,
  state text not null check (state in ('pending', 'accepted', 'rejected', 'revoked', 'deleted')),
  is_unproven boolean not null default false,
  authorization_uri text,
  request_uri text,
  created_at timestamptz not null,
  checked_at timestamptz not null
);
create index quotes_quoted on quotes (quoted_status_id, id desc) where quoted_status_id is not null;
create index quotes_account on quotes (account_id);
create index quotes_quoted_account on quotes (quoted_account_id) where quoted_account_id is not null;
create index quotes_authorization on quotes using hash (authorization_uri) where authorization_uri is not null;
create index quotes_request on quotes using hash (request_uri) where request_uri is not null;
create index quotes_waiting on quotes using hash (quoted_uri) where quoted_status_id is null and state = 'pending';
create index quotes_checked on quotes (checked_at) where state = 'accepted' and authorization_uri is not null;
comment on table quotes is 'room: statuses · a row per post that quotes · goes with its quoting post';
comment on index quotes_authorization is 'by hash: an address of strangers may be longer than a sorted index takes';
comment on column quotes.state is 'what the quoted author said; what a viewer reads also depends on whom they may see (mastodon-api Part 2, Quote)';
comment on column quotes.is_unproven is 'no proof will come: quoted in an old way, or what is quoted cannot be had; read as unauthorized';
comment on column quotes.authorization_uri is 'the stamp of FEP-044f: ours for a post of ours, otherwise the one that was shown to us';

alter table statuses add column quotes_count integer not null default 0;
alter table statuses add column quote_policy_manual text not null default 'nobody' check (quote_policy_manual in ('public', 'followers', 'nobody'));
comment on column statuses.quote_policy_manual is 'whose quotes the author is asked about; posts of ours ask about nobody yet';
alter table status_edits add column quote_id bigint;
comment on column status_edits.quote_id is 'no reference: an edit elsewhere can put another quote in its place';
