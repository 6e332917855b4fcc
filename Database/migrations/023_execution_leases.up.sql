-- A run that is claimed belongs to its worker for as long as the worker shows life: one that is killed leaves no run
-- running for ever (docs/decisions/0026-execution-leases.md).

CREATE SCHEMA dispatch;
GRANT USAGE ON SCHEMA dispatch TO service_role;

-- A table of its own: heartbeats rewrite this small row and touch no index, and users who see their runs do not see which
-- host works on them. Without an owner: nobody has taken the run again since it was requeued.
CREATE TABLE dispatch.leases (
  execution_id UUID PRIMARY KEY REFERENCES agent_executions(id) ON DELETE CASCADE,
  owner TEXT CHECK (octet_length(owner) BETWEEN 1 AND 255),
  token UUID NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  expires_at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE dispatch.leases ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON dispatch.leases TO service_role;
CREATE POLICY leases_service ON dispatch.leases TO service_role USING (true) WITH CHECK (true);

-- Who ends a run ends its lease, also by psql.
CREATE FUNCTION dispatch.end_lease() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM dispatch.leases WHERE execution_id = NEW.id;
  RETURN NULL;
END;
$$;

REVOKE EXECUTE ON FUNCTION dispatch.end_lease() FROM PUBLIC;

CREATE TRIGGER agent_executions_end_lease AFTER UPDATE ON agent_executions
  FOR EACH ROW WHEN (OLD.status = 'running' AND NEW.status <> 'running') EXECUTE FUNCTION dispatch.end_lease();
