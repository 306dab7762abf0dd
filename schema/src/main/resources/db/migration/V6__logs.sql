-- What steps log. Lines are numbered among the run's events, so that watchers get both in one order.

create table log_line (
  namespace  text        not null,
  run_id     text        not null,
  generation bigint      not null,
  number     bigint      not null check (number > 0),
  sequence   bigint      not null check (sequence > 0),
  at         timestamptz not null,
  attempt    integer     not null check (attempt > 0),
  step_id    text        not null,
  iteration  text        not null default '',
  level      text        not null check (level in ('INFO', 'WARN', 'ERROR')),
  message    text        not null,
  primary key (namespace, run_id, generation, number)
);
create unique index log_line_in_order on log_line (namespace, run_id, sequence);
comment on table log_line is 'What the methods of steps have logged, append-only. Written with the step''s next write or shortly after, many at once.';
comment on column log_line.number is 'Given by the owner of the generation, so that a write whose answer was lost can be repeated.';
comment on column log_line.sequence is 'Among run_event''s: no number is in both.';
comment on column log_line.at is 'When it was logged, on the database''s clock.';
comment on column log_line.message is 'One line, the credentials of connections hidden.';
