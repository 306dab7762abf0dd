-- Every version of a workflow stays readable; keys remember the answer of what is no run; the audit
-- can be asked for one resource or one run.

create table workflow_version (
  namespace       text        not null,
  name            text        not null,
  version         bigint      not null check (version > 0),
  definition      text        not null,
  definition_file text        not null default '',
  definition_sha  text        not null,
  inputs_schema   text        not null default '{"type":"object"}',
  created_at      timestamptz not null default now(),
  primary key (namespace, name, version)
);
comment on table workflow_version is 'Every definition that was put under a name, append-only.';
comment on column workflow_version.definition is 'The text as it was put.';
comment on column workflow_version.definition_sha is 'Of the canonical definition: comments, key order and layout don''t count.';
comment on column workflow_version.inputs_schema is 'JSON Schema of the inputs; text, since jsonb would reorder them.';

insert into workflow_version (namespace, name, version, definition, definition_sha, created_at)
  select namespace, name, version, definition, definition_sha, updated_at from workflow;

alter table workflow drop column definition;
comment on table workflow is 'The latest version of each workflow. Its row is locked by whoever puts the next. A run keeps its own copy and never looks here again.';
comment on column workflow.version is 'The newest row of workflow_version.';

alter table run add column workflow_version bigint not null default 0 check (workflow_version >= 0);
comment on column run.workflow_version is 'The stored workflow''s version that the current attempt runs; 0 for a definition sent along.';

alter table idempotency_key add column subject text;
comment on column idempotency_key.subject is 'What the key was used for in words, where it was no run. Kept in the tombstone.';
comment on column idempotency_key.answer is 'What the first caller was told, where that is no run; null in a tombstone.';

alter table audit_event
  add column model_type  text,
  add column instance    text,
  add column output_spec text,
  add column run_id      text,
  add constraint audit_event_names_whole_key check (
    (model_type is null) = (instance is null) and (model_type is null) = (output_spec is null)
  );
create index audit_event_of_resource
  on audit_event (namespace, model_type, instance, output_spec, id) where model_type is not null;
create index audit_event_of_run on audit_event (namespace, run_id, id) where run_id is not null;
comment on column audit_event.subject is 'What happened, in one sentence for a person.';
comment on column audit_event.action is 'In upper snake case, as DATA_PUT.';
comment on column audit_event.model_type is 'With instance and output_spec: the resource concerned; null for none.';
