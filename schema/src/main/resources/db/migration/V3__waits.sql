-- Steps that wait: for a time, a decision or a child run. All of it is here and nothing in memory,
-- so that a run of which only waits are open costs a row and no executor's place.

alter table run
  add column wake_at          timestamptz,
  add column parent_iteration text,
  add column depth            integer not null default 0 check (depth >= 0),
  add column cancel_again_at  timestamptz;
create index run_woken on run (wake_at) where status = 'WAITING' and wake_at is not null;
comment on column run.wake_at is 'When somebody has to look at it: news set it to now, a put-down to the earliest time it waits for. Null while its owner knows all.';
comment on column run.parent_iteration is 'Of the parent''s step; empty for a plain one. Null where there is no parent.';
comment on column run.depth is 'How many parents it has, one above the other.';
comment on column run.cancel_again_at is 'A second cancel: it stops cleanup steps too.';

alter table step_execution add column waiting_for text not null default '';
comment on column step_execution.waiting_for is 'In words; empty when it waits for nothing.';

create table step_wait (
  namespace    text        not null,
  run_id       text        not null,
  attempt      integer     not null,
  step_id      text        not null,
  iteration    text        not null default '',
  kind         text        not null check (kind in ('TIME', 'APPROVAL', 'CHILD')),
  since        timestamptz not null default now(),
  due_at       timestamptz,
  deadline_at  timestamptz,
  prompt       text        not null default '',
  child_run_id text,
  decision     text        check (decision in ('APPROVED', 'REJECTED')),
  decided_by   text,
  comment      text,
  decided_at   timestamptz,
  closed_at    timestamptz,
  primary key (namespace, run_id, attempt, step_id, iteration),
  constraint step_wait_time_has_end check ((kind = 'TIME') = (due_at is not null)),
  constraint step_wait_child_is_named check ((kind = 'CHILD') = (child_run_id is not null)),
  constraint step_wait_decision_is_whole check (
    (decision is null) = (decided_by is null)
      and (decision is null) = (comment is null)
      and (decision is null) = (decided_at is null)
  )
);
comment on table step_wait is 'What a step waits for, or waited for. Apart from the step''s row, which its owner replaces while others answer here.';
comment on column step_wait.due_at is 'When a sleep ends, fixed when it began.';
comment on column step_wait.deadline_at is 'When the step''s own timeout is over; null for none.';
comment on column step_wait.closed_at is 'The step gave up waiting: no decision is taken any more, and the child was asked to end.';
