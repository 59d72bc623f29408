-- Admins who are there already get what new servers give theirs: manage_blocks (bit 7).
update roles set permissions = permissions | 128 where id = 2;
