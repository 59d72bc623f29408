comment on column reports.outcome is 'what its reporter is told of it: that the team acted, or found nothing; null while it is open';
update reports set outcome = 'none' where resolved_at is not null;
update reports r set outcome = 'acted' where resolved_at is not null and exists (select 1 from strikes s where s.report_id = r.id);
alter table appeals add column decided_by_account_id bigint references accounts (id);
create index strikes_moderator on strikes (moderator_account_id) where moderator_account_id is not null;
