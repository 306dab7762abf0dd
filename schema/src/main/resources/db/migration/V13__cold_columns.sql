-- Nothing reads it, and each claim that ended in doubt wrote it.
drop index resource_in_doubt;
