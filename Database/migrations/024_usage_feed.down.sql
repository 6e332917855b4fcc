-- Back to usage that DynamoDB is not told of. What was not told yet is not told; usage_events has all of it.

DROP TRIGGER usage_events_outbox ON usage_events;
DROP FUNCTION outbox.note_usage();
DROP TABLE outbox.usage;
