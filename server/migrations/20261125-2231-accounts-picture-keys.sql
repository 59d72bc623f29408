-- Files are compared with the rows that name them once a day.
create index accounts_avatar_key on accounts (avatar_key) where avatar_key is not null;
create index accounts_header_key on accounts (header_key) where header_key is not null;
