alter table users add column web_settings jsonb not null default '{}';
comment on column users.web_settings is 'how the web app looks and reads, from device to device: a flat document whose members the contract bounds';
