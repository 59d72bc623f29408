create table domain_policies (
  id bigint primary key,
  host text not null unique,
  severity text not null default 'silence' check (severity in ('noop', 'silence', 'suspend')),
  reject_media boolean not null default false,
  reject_reports boolean not null default false,
  obfuscate boolean not null default false,
  private_comment text not null default '',
  public_comment text not null default '',
  created_at timestamptz not null
);
comment on table domain_policies is 'room: domains · a row per server that the team treats otherwise · pruned by nobody';
