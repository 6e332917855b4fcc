-- Usage appears in DynamoDB, too: section 3.2 of the specification has usage_event among the events.
--
-- A trigger notes what is inserted into usage_events, whoever inserts it, in the same transaction; the outbox's relay makes
-- events of the notes and deletes them (docs/decisions/0020-outbox.md). Sums that stand for expired events are no usage.

-- What no event could hold is cut short, and a time that no event can have makes no note: nothing in here can fail for ever.
CREATE TABLE outbox.usage (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id UUID NOT NULL,
  user_id UUID NOT NULL,
  plugin_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  quantity BIGINT,
  agent TEXT,
  occurred_at TIMESTAMPTZ NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE outbox.usage ENABLE ROW LEVEL SECURITY;
GRANT SELECT, DELETE ON outbox.usage TO service_role;
CREATE POLICY usage_service ON outbox.usage TO service_role USING (true) WITH CHECK (true);

CREATE FUNCTION outbox.note_usage() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO outbox.usage (event_id, user_id, plugin_id, event_type, quantity, agent, occurred_at)
  SELECT id, user_id, left(plugin_id, 1000), left(event_type, 1000), public.whole_number(event_data -> 'increment'),
    left(event_data ->> 'agent', 1000), created_at
  FROM after_rows AS event
  WHERE created_at >= '1970-01-01Z' AND created_at < '10000-01-01Z'
    AND (
      NOT coalesce(event_data ? 'events', false)
      OR EXISTS (SELECT FROM metering.usage_event_ids AS known WHERE known.event_id = event.id)
    );
  RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION outbox.note_usage() FROM PUBLIC;

CREATE TRIGGER usage_events_outbox AFTER INSERT ON usage_events
  REFERENCING NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.note_usage();
