-- Nothing reads it, and each claim that ended in doubt wrote it.
drop index resource_in_doubt;

-- A run's row is written with each of its steps, so it holds what changes. What runs have in common
-- is stored once.
create table definition (
  namespace    text        not null,
  sha          text        not null,
  text         text        not null,
  unused_since timestamptz,
  primary key (namespace, sha)
);
comment on table definition is 'What runs are of, as it was given; one row for all runs of a namespace with the same text.';
comment on column definition.sha is 'SHA-256 of the text in UTF-8, in lower-case hex.';
comment on column definition.unused_since is 'When no run was of it any more; it goes a day later. Whoever starts a run of it meanwhile sets it to null.';

update run set definition_sha = encode(sha256(convert_to(definition, 'UTF8')), 'hex');
insert into definition (namespace, sha, text)
  select distinct on (namespace, definition_sha) namespace, definition_sha, definition from run;
alter table run drop column definition;
comment on column run.definition_sha is 'The definition of the current attempt (a retry may mend it).';

-- No statement chooses rows by what is in a document, and sorting samples of documents was a seventh
-- of PostgreSQL's work while many runs were written. Servers say the same of the partitions they make.
do $$
declare
  found record;
begin
  for found in
    select t.relname, c.attname
    from pg_catalog.pg_class t
    join pg_catalog.pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
    where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
      and t.relname not like 'flyway%' and c.atttypid in ('jsonb'::regtype, 'bytea'::regtype)
  loop
    execute format('alter table only %I alter column %I set statistics 0', found.relname, found.attname);
  end loop;
end
$$;
