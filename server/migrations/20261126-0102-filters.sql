create table filters (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  title text not null,
  contexts text[] not null check (contexts <@ array['home', 'notifications', 'public', 'thread', 'account'] and contexts <> '{}'),
  action text not null check (action in ('warn', 'hide', 'blur')),
  expires_at timestamptz,
  created_at timestamptz not null
);
create index filters_account on filters (account_id, id);
comment on table filters is 'room: filters · a few per person, 1,000 at most · goes with its account; expired ones count for nothing and are kept to be prolonged';

create table filter_keywords (
  id bigint generated always as identity primary key,
  filter_id bigint not null references filters (id) on delete cascade,
  keyword text not null,
  whole_word boolean not null
);
create index filter_keywords_filter on filter_keywords (filter_id, id);
comment on table filter_keywords is 'room: filters · a few per filter, 5,000 per person at most · goes with its filter';

create table filter_statuses (
  id bigint generated always as identity primary key,
  filter_id bigint not null references filters (id) on delete cascade,
  status_id bigint not null,
  unique (filter_id, status_id)
);
create index filter_statuses_status on filter_statuses (status_id);
comment on table filter_statuses is 'room: filters · a few per filter, 5,000 per person at most · goes with its filter or its post';
comment on column filter_statuses.status_id is 'no reference, since statuses lie in a higher room';

create table filter_versions (
  account_id bigint primary key references accounts (id),
  version bigint generated always as identity
);
comment on table filter_versions is 'room: filters · a row per person who ever had a filter · goes with its account';
comment on column filter_versions.version is 'another one after each change and never one twice, so that every process knows whether what it made of the filters still holds; the row is held while they change';
