create table domain_lists (
  id bigint primary key,
  name text not null unique,
  url text,
  imported_at timestamptz,
  tried_at timestamptz,
  problem text,
  created_at timestamptz not null
);
comment on table domain_lists is 'room: domains · a row per list of servers that the team reads · pruned by nobody; goes when the team removes it';
comment on column domain_lists.url is 'fetched every day; null for a list that was brought as a file';

create table domain_list_entries (
  list_id bigint not null references domain_lists (id),
  host text not null,
  severity text not null check (severity in ('noop', 'silence', 'suspend')),
  reject_media boolean not null default false,
  reject_reports boolean not null default false,
  obfuscate boolean not null default false,
  reason text not null default '',
  primary key (list_id, host)
);
create index domain_list_entries_host on domain_list_entries (host);
comment on table domain_list_entries is 'room: domains · a row per server on a list, as it was read last · goes with its list';

create table domain_drafts (
  id bigint primary key,
  list_id bigint not null references domain_lists (id),
  host text not null,
  change text not null check (change in ('new', 'stricter', 'milder', 'gone')),
  severity text not null,
  reject_media boolean not null default false,
  reject_reports boolean not null default false,
  obfuscate boolean not null default false,
  reason text not null default '',
  state text not null default 'open' check (state in ('open', 'accepted', 'declined')),
  created_at timestamptz not null,
  decided_at timestamptz
);
create unique index domain_drafts_open on domain_drafts (list_id, host) where state = 'open';
create index domain_drafts_host on domain_drafts (host);
create index domain_drafts_state on domain_drafts (list_id, state, id);
comment on table domain_drafts is 'room: domains · a row per change that a list asks for · kept: what was declined is not asked again; goes with its list';

alter table domain_policies add column list_id bigint;
comment on column domain_policies.list_id is 'the list that it was accepted from; null for what was decided by hand, which no list changes';
