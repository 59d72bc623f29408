-- The letter to the address that somebody had before has a link that puts it back (reliability EM-04).
alter table one_time_links add column email text;
comment on column one_time_links.email is 'what a link of the kind undo-email puts back';
