-- Admins who are there already get what new servers give theirs: manage_announcements (bit 13).
update roles set permissions = permissions | 8192 where id = 2;
