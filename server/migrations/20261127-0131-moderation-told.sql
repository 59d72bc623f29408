alter table reports add column told_at timestamptz;
comment on column reports.told_at is 'when the reporter was told of the outcome';
create index reports_untold on reports (reporter_account_id) where outcome is not null and told_at is null;
update reports set told_at = resolved_at where resolved_at is not null;
