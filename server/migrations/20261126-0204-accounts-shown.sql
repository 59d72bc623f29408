alter table accounts
  add column show_media boolean not null default true,
  add column show_media_replies boolean not null default true,
  add column show_featured boolean not null default true;
comment on column accounts.show_media is 'whether a profile has a page of pictures; the next column: also those in replies';
comment on column accounts.show_featured is 'whether a profile shows people and hashtags that stand on it';
