-- Back to the indexes that nothing reads.

DROP INDEX idx_agent_executions_running;
CREATE INDEX idx_agent_executions_running ON agent_executions (started_at, id) WHERE status = 'running';
CREATE INDEX idx_line_messages_created_at_id ON line_messages (created_at DESC, id DESC);
CREATE INDEX idx_workflows_created_at_id ON workflows (created_at DESC, id DESC);
CREATE INDEX idx_revoked_licenses_revoked_at_id ON revoked_licenses (revoked_at DESC, id DESC);
CREATE INDEX idx_licenses_expires_at ON licenses (expires_at) WHERE NOT revoked;
