alter table accounts add column featured_url text not null default '';
comment on column accounts.featured_url is 'where an account of another server lists the posts on top of its profile';
