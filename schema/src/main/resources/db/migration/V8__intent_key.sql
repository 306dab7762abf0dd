-- Requests in the resource table are sealed with a key that all servers of an installation need:
-- whoever takes over has to read what the one before has sent.
alter table installation
  add column intent_key           bytea,
  add column intent_key_file_hash bytea,
  add constraint installation_has_one_intent_key
    check (intent_key is null or intent_key_file_hash is null);
comment on column installation.intent_key is 'The key, made by the first server that starts; null where the servers are given a file.';
comment on column installation.intent_key_file_hash is 'SHA-256 of the key in the file that the servers are given: another one is refused.';
