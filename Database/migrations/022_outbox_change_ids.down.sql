-- Back to changes that their numbers name.

ALTER TABLE outbox.changes DROP COLUMN change_id;
