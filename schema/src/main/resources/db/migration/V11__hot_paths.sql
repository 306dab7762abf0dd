-- Statements that are planned once, while the tables may still be empty, must find a run by its key
-- and by nothing else: of two indexes that begin with the namespace PostgreSQL takes either then.

drop index run_by_workflow;
create index run_by_workflow on run (workflow_name, namespace, run_id);

-- A run's row says all of an attempt that is its only one: that gets a row with the second.
delete from attempt a using run r
  where r.namespace = a.namespace and r.run_id = a.run_id and r.attempt = 1;
comment on column run_event.kind is 'RUN, STEP, or STEP_ENDED, whose payload only names the row of step_execution: that of a step that has ended stays as it is.';
comment on table attempt is 'Every attempt of a run that has had more than one. Of a run with one, its own row says all.';

-- Each statement prepares every check of the tables it writes. What only repeats the names that the
-- code gives, or that a counter counts, goes; what ties the columns of a row together stays.
alter table run
  drop constraint run_run_id_check,
  drop constraint run_attempt_check,
  drop constraint run_generation_check,
  drop constraint run_recovery_strategy_check,
  drop constraint run_max_recoveries_check,
  drop constraint run_recoveries_check,
  drop constraint run_event_sequence_check,
  drop constraint run_depth_check,
  drop constraint run_workflow_version_check;
alter table step_execution
  drop constraint step_execution_status_check,
  drop constraint step_execution_outcome_check,
  drop constraint step_execution_differs_check,
  drop constraint step_execution_warnings_check,
  drop constraint step_execution_tries_check;
alter table run_event drop constraint run_event_sequence_check1;
alter table idempotency_key drop constraint idempotency_key_key_check;
