alter table notifications add column report_id bigint;
comment on column notifications.report_id is 'which report an admin.report tells of; no reference, since a report goes with its accounts, and who reads passes over one that is gone';
