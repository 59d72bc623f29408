alter table users add column new_email text;
comment on column users.new_email is 'the address that somebody asked for and has not confirmed yet; null otherwise';
