-- A method may give its turn back and be called again at a time of its choice.
alter table step_wait
  drop constraint step_wait_kind_check,
  drop constraint step_wait_time_has_end,
  add constraint step_wait_kind_check check (kind in ('TIME', 'APPROVAL', 'CHILD', 'AGAIN')),
  add constraint step_wait_time_has_end check ((kind in ('TIME', 'AGAIN')) = (due_at is not null));
comment on column step_wait.due_at is 'When a sleep ends, fixed when it began; or when the method is called again.';
