create table rule_translations (
  rule_id bigint not null references rules (id) on delete cascade,
  language text not null,
  text text not null,
  hint text not null default '',
  primary key (rule_id, language)
);
comment on table rule_translations is 'room: settings · a row per rule and language that the team put it in · pruned by nobody, since reports name rules that are out of force';
