comment on column resource.absent_seen_at is 'When an earlier send of this incarnation was proven to have made nothing. The send after it owes one more look, a quarantine later, which clears this.';
comment on column resource.natural_key is 'While a create is open: hash of what the API tells objects of this type apart by. One open create of a natural key in an account, over all namespaces.';
comment on column resource.duplicates is 'Objects at the API that sends of this key made beside the one that it has.';
