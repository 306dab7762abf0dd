-- What steps keep: checkpoints by attempt, and workspaces whose snapshots share their contents.

alter table checkpoint
  drop constraint checkpoint_pkey,
  drop constraint checkpoint_state_check,
  drop constraint checkpoint_done_has_ended,
  add primary key (namespace, run_id, step_id, iteration, name, attempt),
  add constraint checkpoint_state_check check (state in ('STARTED', 'DONE', 'NOT_MADE')),
  add constraint checkpoint_started_has_not_ended check ((state = 'STARTED') = (ended_at is null)),
  add constraint checkpoint_done_has_result check ((state = 'DONE') = (result is not null));
comment on table checkpoint is 'A named result inside one step: STARTED before the work, then DONE, or NOT_MADE where it did nothing. One row per attempt that began it.';
comment on column checkpoint.input_hash is 'SHA-256 of the canonical input. A result counts for the same input only; STARTED counts whatever it was.';

create table workspace (
  namespace  text        not null,
  run_id     text        not null,
  created_at timestamptz not null default now(),
  primary key (namespace, run_id)
);
comment on table workspace is 'Runs that have kept files, until these are collected.';

create table workspace_use (
  namespace text  not null,
  run_id    text  not null,
  sha256    bytea not null,
  primary key (namespace, run_id, sha256),
  foreign key (namespace, run_id) references workspace,
  foreign key (namespace, sha256) references workspace_blob
);
create index workspace_use_of_blob on workspace_use (namespace, sha256);
comment on table workspace_use is 'Which blobs a run''s snapshots name, or are about to: written with the blob and before the snapshot, so that no blob that is needed is collected.';

alter table workspace_snapshot
  add column sequence bigint not null default 0 check (sequence >= 0);
comment on column workspace_snapshot.sequence is 'The run''s event sequence after the commit: the order of a run''s snapshots.';
comment on column workspace_snapshot.manifest is 'Every path in order: folders and files with their modes, files with the blobs they consist of, links with their targets.';
comment on table workspace_blob is 'Contents of files, in pieces of at most 4 MiB, by hash, shared by snapshots.';
