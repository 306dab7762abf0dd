-- Runs ?1 to ?2 as a one-step workflow leaves them, ten months of them, and a resource for each.
create temp table given as
  select n, at, 'default'::text as namespace,
    (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
        ((floor(extract(epoch from at) * 1000)::bigint >> (5 * i)) & 31)::int + 1, 1), '' order by i desc)
      from generate_series(0, 9) i) || substr(md5(n::text), 1, 16) as run_id,
    'filled-' || md5(n::text || 'k') as key
  from (select n, now() - interval '300 days' * (hashint8(n)::bigint & 1048575) / 1048576 as at
    from generate_series(:from, :to) n) g;

insert into definition (namespace, sha, text)
  select 'default', md5('d'), repeat('steps: of a workflow, as text ', 10) on conflict do nothing;

insert into run (namespace, run_id, workflow_name, workflow_version, definition_file, definition_sha,
    inputs, status, attempt, generation, outputs, requester, idempotency_key,
    event_sequence, created_at, started_at, ended_at)
  select namespace, run_id, 'filled-' || n % 100, 1, 'load.yaml', md5('d'),
    '{}', 'SUCCEEDED', 1, 1, '{}', '', key, 3, at, at, at + interval '5 ms' from given;

insert into step_execution (namespace, run_id, attempt, step_id, ordinal, model_type, method, status, outcome,
    fingerprint, output, tries, started_at, ended_at)
  select namespace, run_id, 1, 's0', 0, 'core/assert', 'check', 'SUCCEEDED', 'EXECUTED', md5(key) || md5(run_id),
    '{"ok": true}', 1, at, at from given;

insert into run_event (namespace, run_id, sequence, at, kind, payload)
  select namespace, run_id, s, at, case s when 2 then 'STEP' else 'RUN' end,
    case s when 2 then '{"stepId": "s0", "status": "SUCCEEDED", "outcome": "EXECUTED", "attempt": 1}'
      when 1 then '{"status": "RUNNING", "attempt": 1, "generation": 1, "recoveries": 0}'
      else '{"status": "SUCCEEDED", "attempt": 1, "generation": 1, "recoveries": 0}' end::jsonb
  from given cross join generate_series(1, 3) s;

insert into idempotency_key (namespace, rpc, key, fingerprint, request, run_id, created_at, expires_at)
  select namespace, 'StartRun', key, md5(key) || md5(run_id),
    '{"storedWorkflow": {"name": "filled"}, "inputs": {}}', run_id, at, now() + interval '90 days' from given;

insert into resource (namespace, model_type, instance, state, version, account, external_id, fingerprint,
    last_data, outcome, confirmed, present_since, verified_at, token, created_at, updated_at)
  select namespace, 'filled/thing', key, 'PRESENT', 1, 'acme', md5(run_id), md5(key),
    '{"id": "4711", "name": "a thing of which little is known"}', 'CREATED', true, at, at, 1, at, at from given;

insert into resource_version (namespace, model_type, instance, output_spec, version, incarnation, data, outcome,
    external_id, run_id, at)
  select namespace, 'filled/thing', key, 'state', 1, 1,
    '{"id": "4711", "name": "a thing of which little is known"}', 'CREATED', md5(run_id), run_id, at from given;

drop table given;
