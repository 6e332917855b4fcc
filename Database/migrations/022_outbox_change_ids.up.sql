-- A change is named by a UUID of its own: the number comes again when a standby is promoted or one half is restored, and a
-- message of that name would count as sent already (docs/decisions/0020-outbox.md). The number only orders.

ALTER TABLE outbox.changes ADD COLUMN change_id UUID NOT NULL DEFAULT gen_random_uuid();
