create table terms_versions (
  id bigint primary key,
  text text not null,
  changes text not null default '',
  effective_on date,
  published_at timestamptz,
  told_until bigint not null default 0,
  told_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index terms_versions_one_draft on terms_versions ((published_at is null)) where published_at is null;
create unique index terms_versions_by_day on terms_versions (effective_on) where published_at is not null;
comment on table terms_versions is 'room: settings · a row for each version of the terms of service, one draft among them · pruned by nobody: people agreed to them';
insert into terms_versions (id, text, effective_on, published_at, told_at, created_at, updated_at)
  select (extract(epoch from updated_at) * 1000)::bigint << 16, value #>> '{}',
    (updated_at at time zone 'UTC')::date, updated_at, updated_at, updated_at, updated_at
  from settings where key = 'terms_of_service';
delete from settings where key = 'terms_of_service';
