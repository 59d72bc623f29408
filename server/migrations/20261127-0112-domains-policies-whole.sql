alter table domain_policies add column expires_at timestamptz, add column updated_at timestamptz;
comment on column domain_policies.expires_at is 'when the policy ends by itself; null is never';
create index domain_policies_expiry on domain_policies (expires_at) where expires_at is not null;

create function host_and_parents(host text) returns text[] language sql immutable parallel safe as $$
  select array_agg(array_to_string(labels[n:], '.') order by n)
  from (select string_to_array(host, '.') as labels) split, generate_subscripts(split.labels, 1) n
$$;
comment on function host_and_parents is 'a.b.example, b.example, example: a policy holds for what lies below its name, and the longest name wins';

create table domain_allows (
  id bigint primary key,
  host text not null unique,
  created_at timestamptz not null
);
comment on table domain_allows is 'room: domains · a row per server that is let in where all others are kept out · pruned by nobody';
