alter table remote_pictures drop constraint remote_pictures_kind_check;
alter table remote_pictures add constraint remote_pictures_kind_check check (kind in ('attachment', 'avatar', 'header', 'emoji', 'card'));
alter table remote_pictures alter column account_id drop not null;
comment on column remote_pictures.account_id is 'whose picture it is, null for emoji and link previews, which belong to nobody here; no reference, since accounts lie in a higher room';
comment on column remote_pictures.account_host is 'the server that named it: of the account, of the emoji, or of the page';
