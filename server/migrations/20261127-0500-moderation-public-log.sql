-- What a server may tell of its moderation. It holds no person, so it stays when somebody is erased.
create table decision_lines (
  id bigint primary key,
  action text not null,
  category text not null default '',
  rule_ids bigint[] not null default '{}',
  is_automated boolean not null default false,
  created_at timestamptz not null,
  undone_at timestamptz
);
create index decision_lines_time on decision_lines (created_at);
comment on table decision_lines is 'room: moderation · a row per decision, without anybody in it, bearing the number of its strike · pruned after two years by moderation.purge-removed';
insert into decision_lines (id, action, category, rule_ids, is_automated, created_at, undone_at)
select s.id, s.action, coalesce(r.category, ''), s.rule_ids, s.is_automated, s.created_at, coalesce(s.undone_at, s.overruled_at)
from strikes s left join reports r on r.id = s.report_id;
