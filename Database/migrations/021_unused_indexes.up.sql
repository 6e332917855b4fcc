-- Indexes that nothing reads cost every write: no list or sweep of the data layer asks for licences by their end, revoked keys
-- by date, all workflows or all LINE messages. Runs that are running were indexed by their start, which nobody asks for; they
-- are listed by creation, as all runs are, and now find it.

DROP INDEX idx_licenses_expires_at;
DROP INDEX idx_revoked_licenses_revoked_at_id;
DROP INDEX idx_workflows_created_at_id;
DROP INDEX idx_line_messages_created_at_id;
DROP INDEX idx_agent_executions_running;
CREATE INDEX idx_agent_executions_running ON agent_executions (created_at, id) WHERE status = 'running';
