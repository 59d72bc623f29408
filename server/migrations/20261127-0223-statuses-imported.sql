alter table statuses add column imported_from text;
comment on column statuses.imported_from is 'where a post was first, that its author brought here from an archive: it is sent to nobody';
