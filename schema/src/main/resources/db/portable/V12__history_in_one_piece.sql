-- In the portable profile the history is not partitioned (ADR 14).
comment on table run_event is 'What watchers are told, append-only. A stream resumes after any sequence.';

-- Nothing asks for it, and it kept a renewed lease from being a heap-only update.
drop index resource_claimed;
