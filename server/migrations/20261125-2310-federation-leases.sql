create index deliveries_leased on deliveries (leased_until) where state = 'waiting' and leased_until is not null;
