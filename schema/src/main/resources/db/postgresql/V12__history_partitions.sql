-- What runs leave behind, in partitions by time (ADR 14). Run ids begin with the time they were made at,
-- so a range of ids is a range of times, every statement that names its run finds one partition, and the
-- history of a time is dropped as a whole. Servers make the partitions to come and drop the old ones.

-- What is there already becomes the first partition as it is: no row is copied, all are read once.
do $$
declare
  alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  -- From the next midnight on (UTC), servers make the partitions.
  first_day  constant timestamptz := (date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC';
  millis     bigint := extract(epoch from first_day)::bigint * 1000;
  first_id   text := '';
  history    text;
begin
  for i in 1..10 loop
    first_id := substr(alphabet, (millis & 31)::int + 1, 1) || first_id;
    millis := millis >> 5;
  end loop;

  foreach history in array array['step_execution', 'run_event', 'log_line'] loop
    execute format('alter table %I rename to %I', history, history || '_p0');
    execute format('alter index %I rename to %I', history || '_pkey', history || '_p0_pkey');
    execute format(
      'create table %I (like %I including defaults including constraints including comments including storage)'
      ' partition by range (run_id)', history, history || '_p0');
  end loop;

  alter table step_execution add primary key (namespace, run_id, attempt, step_id, iteration);
  alter table run_event add primary key (namespace, run_id, sequence);
  alter table log_line add primary key (namespace, run_id, generation, number);
  alter index log_line_in_order rename to log_line_p0_in_order;
  create unique index log_line_in_order on log_line (namespace, run_id, sequence);

  foreach history in array array['step_execution', 'run_event', 'log_line'] loop
    -- For ids of no known time: of a clock that is far ahead.
    execute format('create table %I partition of %I default', history || '_p_rest', history);
    execute format(
      'with strays as (delete from %I where run_id >= %L returning *) insert into %I select * from strays',
      history || '_p0', first_id, history || '_p_rest');
    execute format(
      'alter table %I attach partition %I for values from (minvalue) to (%L)',
      history, history || '_p0', first_id);
  end loop;
end $$;

comment on table step_execution is 'A step in an attempt; one row per iteration of a forEach. Partitioned by run id, which is by time.';
comment on table run_event is 'What watchers are told, append-only. A stream resumes after any sequence. Partitioned by run id, which is by time.';
comment on table log_line is 'What the methods of steps have logged, append-only. Written with the step''s next write or shortly after, many at once. Partitioned by run id, which is by time.';

-- Appended rows are looked at in small portions, so that no vacuum is a long one; a step that takes
-- long is written twice, the second time in place. Servers say the same of the partitions they make.
alter table step_execution_p0 set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, fillfactor = 90);
alter table step_execution_p_rest set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, fillfactor = 90);
alter table run_event_p0 set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table run_event_p_rest set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table log_line_p0 set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table log_line_p_rest set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Hot rows: room for updates in place, and vacuums by what has died, however many rows are at rest.
alter table executor set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
alter table run set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
alter table attempt set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
alter table resource set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
alter table resource_version set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table idempotency_key set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

-- Nothing asks for it, and it kept a renewed lease from being a heap-only update.
drop index resource_claimed;
