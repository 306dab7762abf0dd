-- Statements that are planned once, while the tables may still be empty, must find a run by its key
-- and by nothing else: of two indexes that begin with the namespace PostgreSQL takes either then.

drop index run_by_workflow;
create index run_by_workflow on run (workflow_name, namespace, run_id);
