alter table accounts add column avatar_remote_url text;
alter table accounts add column header_remote_url text;
