alter table users add column letters_off text[] not null default '{}';
comment on column users.letters_off is 'kinds of letters to the team that this person does not want';
