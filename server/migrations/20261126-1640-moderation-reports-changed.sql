alter table reports add column updated_at timestamptz;
comment on column reports.updated_at is 'when the team last changed it; null while nobody has';
create index reports_assigned on reports (assigned_account_id) where assigned_account_id is not null;
