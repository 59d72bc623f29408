-- Admins manage rules (bit 12); what they were given was manage_custom_emojis (bit 14).
update roles set permissions = (permissions & ~16384::bigint) | 4096 where id = 2;
