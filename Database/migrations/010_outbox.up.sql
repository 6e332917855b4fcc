-- Fault 19: what changes here and must appear in DynamoDB is written down in the transaction that changes it
-- (docs/decisions/0020-outbox.md).

CREATE SCHEMA outbox;
GRANT USAGE ON SCHEMA outbox TO service_role;

-- What remains to be relayed: a row is deleted when it has been. Internal; no foreign key, since what was committed is
-- told even if the execution is deleted before.
CREATE TABLE outbox.changes (
  id BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
  execution_id UUID NOT NULL,
  user_id UUID NOT NULL,
  repository_id UUID,
  agent_type TEXT NOT NULL,
  status TEXT NOT NULL,
  error_message TEXT,
  changed_at TIMESTAMPTZ NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error TEXT,
  parked_at TIMESTAMPTZ
);
-- The oldest change of an execution is the one that may be relayed.
CREATE INDEX changes_execution_id_id ON outbox.changes (execution_id, id);
ALTER TABLE outbox.changes ENABLE ROW LEVEL SECURITY;
GRANT SELECT, DELETE ON outbox.changes TO service_role;
GRANT UPDATE (attempts, last_error, parked_at) ON outbox.changes TO service_role;
CREATE POLICY changes_service ON outbox.changes TO service_role USING (true) WITH CHECK (true);

-- The execution's row is locked here: its changes draw their numbers and times in the order in which they commit.
-- now() would be the transaction's beginning, and the second to change can be the first to have begun.
CREATE FUNCTION outbox.note_execution() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO outbox.changes (
    execution_id, user_id, repository_id, agent_type, status, error_message, changed_at)
  VALUES (
    NEW.id, NEW.user_id, NEW.repository_id, NEW.agent_type, NEW.status, NEW.error_message, clock_timestamp());
  RETURN NULL;
END;
$$;

REVOKE EXECUTE ON FUNCTION outbox.note_execution() FROM PUBLIC;

CREATE TRIGGER agent_executions_outbox_insert AFTER INSERT ON agent_executions
  FOR EACH ROW EXECUTE FUNCTION outbox.note_execution();
CREATE TRIGGER agent_executions_outbox_status AFTER UPDATE ON agent_executions
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION outbox.note_execution();
