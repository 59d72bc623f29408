create table tags (
  id bigint generated always as identity primary key,
  name text not null unique,
  display_name text not null,
  created_at timestamptz not null
);
comment on table tags is 'room: tags · a row per hashtag that an open post held or somebody followed · pruned by nobody';
comment on column tags.display_name is 'as it was first written here: its capitals tell screen readers where words begin';

insert into tags (name, display_name, created_at)
select name, name, now() from (
  select distinct t.name from status_tags t join statuses s on s.id = t.status_id where s.visibility in ('public', 'unlisted')
) known order by name;

create table tag_follows (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  name text not null references tags (name),
  created_at timestamptz not null,
  unique (account_id, name)
);
create index tag_follows_name on tag_follows (name, account_id);
comment on table tag_follows is 'room: tags · a few per person · goes with its account';

create table tag_days (
  name text not null references tags (name),
  day date not null,
  account_id bigint not null references accounts (id),
  uses integer not null,
  primary key (name, day, account_id)
);
create index tag_days_account on tag_days (account_id);
create index tag_days_day on tag_days (day);
comment on table tag_days is 'room: tags · a row per hashtag, day and author of a public post · pruned after 14 days by tags.prune-days';
