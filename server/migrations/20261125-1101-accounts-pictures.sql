alter table accounts add column avatar_description text not null default '';
alter table accounts add column header_description text not null default '';
