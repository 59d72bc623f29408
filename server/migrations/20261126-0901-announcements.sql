create table announcements (
  id bigint primary key,
  text text not null,
  starts_at timestamptz,
  ends_at timestamptz,
  all_day boolean not null default false,
  scheduled_at timestamptz,
  published_at timestamptz,
  mention_ids bigint[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table announcements is 'room: announcements · a few a year, by the team · pruned by nobody';
comment on column announcements.published_at is 'null for what nobody but the team sees: a draft, what waits for its hour, what is over';
comment on column announcements.mention_ids is 'who of those that the text names was known when it was written';

create table announcement_reactions (
  id bigint generated always as identity primary key,
  announcement_id bigint not null references announcements (id) on delete cascade,
  account_id bigint not null references accounts (id),
  name text not null,
  created_at timestamptz not null,
  unique (announcement_id, account_id, name)
);
create index announcement_reactions_account on announcement_reactions (account_id);
comment on table announcement_reactions is 'room: announcements · at most eight per person and announcement · goes with either';

create table announcement_dismissals (
  announcement_id bigint not null references announcements (id) on delete cascade,
  account_id bigint not null references accounts (id),
  created_at timestamptz not null,
  primary key (announcement_id, account_id)
);
create index announcement_dismissals_account on announcement_dismissals (account_id);
comment on table announcement_dismissals is 'room: announcements · one per person and announcement at most · goes with either';
