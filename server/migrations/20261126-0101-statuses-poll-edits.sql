alter table status_edits add column poll_options text[];
comment on column status_edits.poll_options is 'what could be chosen in this version; null when it asked nothing';
