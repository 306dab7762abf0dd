-- Pawl's tables. Two habits hold everywhere:
--   * The namespace leads every key and every join, so that one PostgreSQL can become several.
--   * There are no foreign keys between the tables a run writes: each step's commit would lock its
--     run's row, and old history could not be dropped by partition. The statements keep the links.
-- Times are the database's (now()); no two clocks are ever compared.

create table installation (
  singleton       boolean     primary key default true check (singleton),
  installation_id uuid        not null default gen_random_uuid(),
  created_at      timestamptz not null default now()
);
comment on table installation is 'One row: who we are. Markers are derived from it, so losing it means losing them.';
insert into installation default values;

create table executor (
  executor_id  text        primary key,
  address      text        not null,
  started_at   timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  draining     boolean     not null default false
) with (fillfactor = 20);
comment on table executor is 'A server process. Its one heartbeat is the lease of every run and claim it holds.';
comment on column executor.heartbeat_at is 'Never indexed: with the low fillfactor each beat is a heap-only update.';

create table workflow (
  namespace      text        not null,
  name           text        not null,
  version        bigint      not null check (version > 0),
  definition     text        not null,
  definition_sha text        not null,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  primary key (namespace, name)
);
comment on table workflow is 'Definitions put by name. A run keeps its own copy and never looks here again.';
comment on column workflow.version is 'Rises by one with each change; also the etag.';

create table run (
  namespace           text        not null,
  run_id              text        not null check (run_id <> ''),
  workflow_name       text        not null,
  definition          text        not null,
  definition_file     text        not null default '',
  definition_sha      text        not null,
  inputs              jsonb       not null default '{}',
  status              text        not null default 'QUEUED'
    check (status in ('QUEUED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT')),
  reason              text,
  message             text,
  attempt             integer     not null default 1 check (attempt > 0),
  generation          bigint      not null default 1 check (generation > 0),
  executor_id         text,
  recovery_strategy   text        not null default 'none'
    check (recovery_strategy in ('none', 'restart', 'idempotent')),
  max_recoveries      integer     not null default 5 check (max_recoveries >= 0),
  recoveries          integer     not null default 0 check (recoveries >= 0),
  outputs             jsonb,
  requester           text        not null default '',
  idempotency_key     text,
  parent_run_id       text,
  parent_step_id      text,
  event_sequence      bigint      not null default 0 check (event_sequence >= 0),
  created_at          timestamptz not null default now(),
  started_at          timestamptz,
  deadline_at         timestamptz,
  cancel_requested_at timestamptz,
  cancel_reason       text,
  ended_at            timestamptz,
  archived_at         timestamptz,
  primary key (namespace, run_id),
  constraint run_running_is_owned check (status <> 'RUNNING' or executor_id is not null),
  constraint run_end_has_time check (
    (status in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT')) = (ended_at is not null)
  ),
  constraint run_ended_is_free check (ended_at is null or executor_id is null)
);
create index run_claimable on run (created_at) where status = 'QUEUED';
create index run_owned on run (executor_id) where executor_id is not null;
create index run_by_workflow on run (namespace, workflow_name, run_id);
create index run_children on run (namespace, parent_run_id) where parent_run_id is not null;
comment on table run is 'One execution of a workflow: the unit of ownership. The row holds the current attempt''s state.';
comment on column run.run_id is 'Ordered by time, so the primary key is also the order of lists.';
comment on column run.definition is 'The text as given, of the current attempt (a retry may mend it).';
comment on column run.inputs is 'As given, secrets replaced by references.';
comment on column run.generation is 'Rises whenever the run changes hands; a write that carries an older one changes no row.';
comment on column run.recovery_strategy is 'From the definition, so that recovery decides in one statement.';
comment on column run.event_sequence is 'The sequence of the newest run_event.';
comment on column run.idempotency_key is 'Of the StartRun that made it; null for none.';
comment on column run.cancel_reason is 'In the asker''s words; becomes the message of a run that ends CANCELLED.';
comment on column run.deadline_at is 'When the current attempt times out; null for no limit.';

create table attempt (
  namespace     text        not null,
  run_id        text        not null,
  attempt       integer     not null check (attempt > 0),
  reason        text        not null check (reason in ('START', 'RETRY', 'RECOVERY')),
  requester     text        not null default '',
  request_id    text        not null default '',
  status        text        not null
    check (status in ('QUEUED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT')),
  status_reason text,
  message       text,
  definition    text,
  inputs        jsonb,
  started_at    timestamptz not null default now(),
  ended_at      timestamptz,
  primary key (namespace, run_id, attempt)
);
comment on table attempt is 'The first execution of a run and every later retry or recovery. Never removed while the run is kept.';
comment on column attempt.definition is 'What this attempt ran, where it differs from the attempt before; else null.';
comment on column attempt.inputs is 'What this attempt ran with, where it differs from the attempt before; else null.';

create table step_execution (
  namespace   text        not null,
  run_id      text        not null,
  attempt     integer     not null,
  step_id     text        not null,
  iteration   text        not null default '',
  ordinal     integer     not null,
  name        text        not null default '',
  model_type  text        not null,
  method      text        not null,
  instance    text        not null default '',
  status      text        not null default 'PENDING'
    check (status in ('PENDING', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'NOT_RUN')),
  outcome     text
    check (outcome in ('EXECUTED', 'CREATED', 'REUSED', 'VERIFIED', 'ADOPTED', 'RECREATED', 'UPDATED', 'SKIPPED')),
  reused_from integer,
  fingerprint text,
  arguments   jsonb,
  output      jsonb,
  differs     jsonb       not null default '[]' check (jsonb_typeof(differs) = 'array'),
  warnings    jsonb       not null default '[]' check (jsonb_typeof(warnings) = 'array'),
  error       jsonb,
  tries       integer     not null default 0 check (tries >= 0),
  started_at  timestamptz,
  ended_at    timestamptz,
  primary key (namespace, run_id, attempt, step_id, iteration),
  constraint step_outcome_is_success check ((status = 'SUCCEEDED') = (outcome is not null))
);
comment on table step_execution is 'A step in an attempt; one row per iteration of a forEach.';
comment on column step_execution.iteration is 'The key of the forEach iteration; empty for a plain step.';
comment on column step_execution.ordinal is 'Place in the order shown to people: the file''s, then the iteration''s.';
comment on column step_execution.fingerprint is 'Hash of the step''s definition and resolved arguments; a retry reuses a success only when it is unchanged.';
comment on column step_execution.arguments is 'As resolved, secrets replaced by references.';
comment on column step_execution.reused_from is 'The earlier attempt whose success this row repeats; null when it ran here.';
comment on column step_execution.differs is 'Fields whose wanted value is not the existing object''s.';

create table run_event (
  namespace text        not null,
  run_id    text        not null,
  sequence  bigint      not null check (sequence > 0),
  at        timestamptz not null default now(),
  kind      text        not null,
  payload   jsonb       not null default '{}',
  primary key (namespace, run_id, sequence)
);
comment on table run_event is 'What watchers are told, append-only. A stream resumes after any sequence.';

create table resource (
  namespace        text        not null,
  model_type       text        not null,
  instance         text        not null,
  output_spec      text        not null default 'state',
  state            text        not null default 'ABSENT'
    check (state in ('ABSENT', 'CLAIMED', 'PRESENT', 'IN_DOUBT', 'DELETED')),
  incarnation      bigint      not null default 1 check (incarnation > 0),
  version          bigint      not null default 0 check (version >= 0),
  -- the object
  account          text,
  external_id      text,
  identity         jsonb,
  natural_key      text,
  fingerprint      text,
  arguments        jsonb,
  last_data        jsonb,
  outcome          text,
  confirmed        boolean     not null default false,
  present_since    timestamptz,
  verified_at      timestamptz,
  deleted_at       timestamptz,
  tombstone_reason text        check (tombstone_reason <> ''),
  -- the claim
  token            bigint      not null default 0,
  claim_mode       text        check (claim_mode in ('CREATE', 'RECONCILE', 'CHANGE')),
  claimed_from     text        check (claimed_from in ('ABSENT', 'PRESENT', 'DELETED')),
  holder           text,
  lease_until      timestamptz,
  claim_account    text,
  claim_fingerprint text,
  -- the request sent under it, kept until its outcome is known
  send_number      integer     not null default 0 check (send_number >= 0),
  body_hash        text,
  intent           bytea,
  sent_at          timestamptz,
  deadline_at      timestamptz,
  quarantine_until timestamptz,
  absent_seen_at   timestamptz,
  -- what is known about it
  evidence         jsonb       not null default '[]' check (jsonb_typeof(evidence) = 'array'),
  duplicates       jsonb       not null default '[]' check (jsonb_typeof(duplicates) = 'array'),
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  primary key (namespace, model_type, instance, output_spec),
  constraint resource_claim_is_whole check (
    (state in ('CLAIMED', 'IN_DOUBT'))
      = (holder is not null and lease_until is not null and claim_mode is not null
          and claimed_from is not null and quarantine_until is not null)
  ),
  constraint resource_present_has_data check (
    state <> 'PRESENT' or (present_since is not null and version > 0 and deleted_at is null)
  ),
  constraint resource_deleted_has_reason check (
    (state <> 'DELETED' or deleted_at is not null)
      and (deleted_at is null) = (tombstone_reason is null)
  )
) with (fillfactor = 70);
create unique index resource_owns_external_id
  on resource (account, model_type, external_id, output_spec)
  where external_id is not null and deleted_at is null;
create unique index resource_open_natural_key
  on resource (claim_account, model_type, natural_key)
  where state in ('CLAIMED', 'IN_DOUBT') and natural_key is not null;
create index resource_in_doubt on resource (claim_account, model_type) where state = 'IN_DOUBT';
create index resource_claimed on resource (lease_until) where state = 'CLAIMED';
comment on table resource is 'What Pawl knows of one resource key, and the right to change it. Every write is a compare-and-set on token or (incarnation, version, external_id).';
comment on column resource.incarnation is 'Which object of this key: rises with each tombstone. The marker is derived from it.';
comment on column resource.version is 'Newest row of resource_version; 0 before the first.';
comment on column resource.external_id is 'The item path parameters'' values joined with a semicolon. One key owns it until its tombstone, through changes and doubts too.';
comment on column resource.account is 'Whose objects these are: the connection''s account, else its base URL.';
comment on column resource.identity is 'The item path''s parameters, parents included.';
comment on column resource.natural_key is 'The identifying fields of the request; creates that share one are serialised.';
comment on column resource.fingerprint is 'Of the request that the present object was made or last changed by.';
comment on column resource.last_data is 'The newest version''s data, kept in a tombstone too.';
comment on column resource.confirmed is 'A GET has said EXISTS for this incarnation, so a 404 may be believed.';
comment on column resource.deleted_at is 'Kept through the claims and doubts that follow, until an object is present again.';
comment on column resource.token is 'The newest claim''s: rises with each, and rows are never removed. A write that carries another is refused and kept as evidence.';
comment on column resource.claimed_from is 'The state to go back to when the effect did not happen.';
comment on column resource.claim_account is 'Where the request goes; becomes the object''s account when it is made.';
comment on column resource.claim_fingerprint is 'Of the arguments claimed for; becomes the object''s where its completion names none.';
comment on column resource.lease_until is 'After this the holder may no longer act; in doubt, the last one''s end.';
comment on column resource.send_number is 'Sends of this incarnation; rises only after not-made or proven-absent.';
comment on column resource.intent is 'The exact request, sealed.';
comment on column resource.quarantine_until is 'Before this, absence proves nothing.';
comment on column resource.absent_seen_at is 'The first empty complete probe after the quarantine.';
comment on column resource.evidence is 'Append-only: queries, ids and times, and what stale holders learned.';

create table resource_version (
  namespace   text        not null,
  model_type  text        not null,
  instance    text        not null,
  output_spec text        not null,
  version     bigint      not null check (version > 0),
  incarnation bigint      not null,
  data        jsonb       not null,
  outcome     text        not null,
  external_id text,
  run_id      text,
  at          timestamptz not null default now(),
  primary key (namespace, model_type, instance, output_spec, version)
);
comment on table resource_version is 'Every state a resource was stored in, append-only.';

create table checkpoint (
  namespace  text        not null,
  run_id     text        not null,
  step_id    text        not null,
  iteration  text        not null default '',
  name       text        not null,
  attempt    integer     not null,
  input_hash text        not null,
  state      text        not null check (state in ('STARTED', 'DONE')),
  result     jsonb,
  started_at timestamptz not null default now(),
  ended_at   timestamptz,
  primary key (namespace, run_id, step_id, iteration, name),
  constraint checkpoint_done_has_ended check ((state = 'DONE') = (ended_at is not null))
);
comment on table checkpoint is 'A named result inside one step, written STARTED before the work and DONE after it.';
comment on column checkpoint.result is 'JSON null is a result; SQL null is none yet.';

create table workspace_blob (
  namespace  text        not null,
  sha256     bytea       not null check (length(sha256) = 32),
  content    bytea       not null,
  created_at timestamptz not null default now(),
  primary key (namespace, sha256)
);
comment on table workspace_blob is 'File contents by hash, shared by snapshots.';

create table workspace_snapshot (
  namespace  text        not null,
  run_id     text        not null,
  attempt    integer     not null,
  step_id    text        not null,
  iteration  text        not null default '',
  manifest   jsonb       not null,
  bytes      bigint      not null check (bytes >= 0),
  created_at timestamptz not null default now(),
  primary key (namespace, run_id, attempt, step_id, iteration)
);
comment on table workspace_snapshot is 'A run''s files after a step, committed with that step.';
comment on column workspace_snapshot.manifest is 'Path to mode and sha256 of a workspace_blob.';
comment on column workspace_snapshot.bytes is 'Total size of the files.';

create table idempotency_key (
  namespace   text        not null,
  rpc         text        not null,
  key         text        not null check (key <> ''),
  fingerprint text        not null,
  request     jsonb,
  run_id      text,
  answer      jsonb,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  primary key (namespace, rpc, key)
);
create index idempotency_key_to_shrink on idempotency_key (expires_at) where request is not null;
comment on table idempotency_key is 'The first answer to a request key, inserted in the transaction of the work it stands for. Never deleted: after expires_at it shrinks to a tombstone.';
comment on column idempotency_key.fingerprint is 'Of the canonical request; another one under this key is refused.';
comment on column idempotency_key.request is 'What was asked, to name the fields that differ; null in a tombstone.';

create table audit_event (
  namespace text        not null,
  id        bigint      not null generated always as identity,
  at        timestamptz not null default now(),
  actor     text        not null,
  action    text        not null,
  subject   text        not null,
  detail    jsonb       not null default '{}',
  primary key (namespace, id)
);
comment on table audit_event is 'Decisions by people and agents, and findings such as DUPLICATE. Append-only.';
