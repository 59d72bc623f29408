create table blocked_names (
  id bigint primary key,
  pattern text not null,
  skeleton text not null,
  comparison text not null check (comparison in ('exact', 'contains')),
  allow_with_approval boolean not null default false,
  created_at timestamptz not null,
  unique (skeleton, comparison)
);
comment on table blocked_names is 'room: gates · a row per name that the team keeps back · pruned by nobody';
comment on column blocked_names.skeleton is 'the pattern as it is compared: features/gates/skeleton.ts';

-- Names by which strangers pose as the people who run a server, in the order in which a list of the newest first shows them.
insert into blocked_names (id, pattern, skeleton, comparison, created_at)
select row_number() over (order by pattern desc), pattern,
  translate(replace(pattern, '_', ''), '013457l', 'oieasti'), 'exact', now()
from unnest(string_to_array(
  'abuse admin administrator contact hamlet help helpdesk hostmaster info instance mailer_daemon mod moderation '
  'moderator moderators no_reply official operator owner postmaster root security server staff support sysadmin '
  'system team webmaster', ' ')) as pattern;

create table blocked_mail_domains (
  id bigint primary key,
  host text not null unique,
  allow_with_approval boolean not null default false,
  created_at timestamptz not null
);
comment on table blocked_mail_domains is 'room: gates · a row per domain whose addresses the team keeps out · pruned by nobody';

create table mail_domain_attempts (
  host text not null,
  day date not null,
  count integer not null,
  primary key (host, day)
);
create index mail_domain_attempts_age on mail_domain_attempts (day);
comment on table mail_domain_attempts is 'room: gates · a row per blocked domain and day on which somebody came with it · pruned after 14 days by gates.prune';
