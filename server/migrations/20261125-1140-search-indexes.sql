create index accounts_username_prefix on accounts (lower(username) text_pattern_ops);
create index accounts_name_prefix on accounts (lower(display_name) text_pattern_ops);
