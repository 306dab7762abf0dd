-- What a retry was asked to run, and steps that people have answered for.

alter table attempt
  add column selection jsonb not null default '{}' check (jsonb_typeof(selection) = 'object');
comment on column attempt.selection is 'The steps a RETRY was asked for (from, steps, recreate); its recoveries make the same choice. Empty: what failed or never ran.';

create table step_override (
  namespace  text        not null,
  run_id     text        not null,
  step_id    text        not null,
  iteration  text        not null default '',
  attempt    integer     not null check (attempt > 0),
  output     jsonb       not null,
  reason     text        not null check (reason <> ''),
  requester  text        not null,
  created_at timestamptz not null default now(),
  primary key (namespace, run_id, step_id, iteration)
);
comment on table step_override is 'A step that counts as succeeded because somebody said so, in every attempt after the one it was said in, until a retry names the step.';
comment on column step_override.iteration is 'Empty: the whole step, also of a forEach.';
comment on column step_override.attempt is 'The latest attempt when it was said.';
