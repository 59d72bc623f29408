create table content_rules (
  id bigint primary key,
  title text not null,
  match text not null check (match in ('all', 'any')),
  conditions jsonb not null,
  effects jsonb not null,
  public_text text not null default '',
  position integer not null,
  is_enabled boolean not null default false,
  version integer not null default 1,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table content_rules is 'room: gates · a few hundred rows that the team writes · never pruned, the team deletes them';

create table content_rule_versions (
  rule_id bigint not null references content_rules on delete cascade,
  version integer not null,
  wording jsonb not null,
  account_id bigint,
  created_at timestamptz not null,
  primary key (rule_id, version)
);
create index content_rule_versions_account on content_rule_versions (account_id);
comment on table content_rule_versions is 'room: gates · a row for each wording of a rule · goes with its rule';
comment on column content_rule_versions.account_id is 'who wrote it; no reference, since accounts lie in a higher room';

create table content_gate (
  is_only boolean primary key default true check (is_only),
  revision bigint not null default 1,
  hold_posts integer not null default 0,
  hold_days integer not null default 0
);
insert into content_gate default values;
comment on table content_gate is 'room: gates · one row · never pruned';
comment on column content_gate.revision is 'grows with every change of a rule, so that each process knows when its own rules are old';
comment on column content_gate.hold_posts is 'so many first posts of a new account wait for a moderator; 0 for none';

create table content_rule_hits (
  id bigint generated always as identity primary key,
  rule_id bigint not null references content_rules on delete cascade,
  rule_version integer not null,
  status_id bigint,
  account_id bigint not null,
  host text,
  uri text,
  visibility text not null,
  excerpt text not null default '',
  effects jsonb not null,
  before jsonb not null default '{}',
  created_at timestamptz not null,
  undone_at timestamptz,
  undone_by bigint
);
create index content_rule_hits_rule on content_rule_hits (rule_id, id desc);
create index content_rule_hits_status on content_rule_hits (status_id) where status_id is not null;
create index content_rule_hits_account on content_rule_hits (account_id);
create index content_rule_hits_undone_by on content_rule_hits (undone_by) where undone_by is not null;
create unique index content_rule_hits_uri on content_rule_hits (rule_id, uri) where status_id is null and uri is not null;
create index content_rule_hits_created on content_rule_hits (created_at);
comment on table content_rule_hits is 'room: gates · a row for each post that a rule fits · pruned after 30 days by gates.prune-rules; until then what was done can be undone';
comment on column content_rule_hits.account_id is 'the author; no reference, since accounts lie in a higher room';
comment on column content_rule_hits.status_id is 'no reference, since statuses lie in a higher room; null for what was not taken in';
comment on column content_rule_hits.excerpt is 'empty for posts that are not public: nobody of the team reads these by the way';
comment on column content_rule_hits.before is 'how the post was before, of what the rule changed';

create table content_holds (
  id bigint generated always as identity primary key,
  status_id bigint not null unique,
  account_id bigint not null,
  host text,
  rule_id bigint references content_rules on delete set null,
  reason text not null check (reason in ('rule', 'first_posts')),
  quoted_status_id bigint,
  quote jsonb,
  visibility text not null,
  was_live boolean not null default false,
  waits_from timestamptz not null,
  decision text check (decision in ('approved', 'rejected')),
  decided_at timestamptz,
  decided_by bigint,
  excerpt text not null default '',
  created_at timestamptz not null
);
create index content_holds_waiting on content_holds (id) where decision is null;
create index content_holds_account on content_holds (account_id);
create index content_holds_rule on content_holds (rule_id) where rule_id is not null;
create index content_holds_decided on content_holds (decided_at) where decided_at is not null;
create index content_holds_decided_by on content_holds (decided_by) where decided_by is not null;
comment on table content_holds is 'room: gates · a row for each post that waits for a moderator · pruned 30 days after the decision by gates.prune-rules';
comment on column content_holds.status_id is 'no reference, since statuses lie in a higher room';
comment on column content_holds.quote is 'what a post from elsewhere quotes, until it is let through';
comment on column content_holds.was_live is 'true for a post that was seen before it was edited';
comment on column content_holds.waits_from is 'until then its author can still take it back, and no moderator decides';
comment on column content_holds.account_id is 'the author; no reference, since accounts lie in a higher room';
comment on column content_holds.excerpt is 'what a post said that was not let through, for its author';
