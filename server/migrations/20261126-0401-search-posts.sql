-- Words of posts, without the marks of HTML: the parser tells tags and entities apart, and this configuration keeps neither.
create index statuses_words on statuses using gin (to_tsvector('simple', spoiler_text || ' ' || content)) where reblog_of_id is null;
