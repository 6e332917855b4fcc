-- Back to the specification's types. A value that INTEGER cannot hold makes this fail with "integer out of range" and
-- change nothing: a revert never loses data silently.

ALTER TABLE plugins
  ALTER COLUMN downloads TYPE INTEGER;

ALTER TABLE usage_aggregates
  ALTER COLUMN issues TYPE INTEGER,
  ALTER COLUMN tokens TYPE INTEGER;

ALTER TABLE websocket_connections
  ALTER COLUMN connected_at TYPE TIMESTAMP USING connected_at AT TIME ZONE 'UTC',
  ALTER COLUMN last_ping_at TYPE TIMESTAMP USING last_ping_at AT TIME ZONE 'UTC';

ALTER TABLE line_messages
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC';

ALTER TABLE workflows
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMP USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE execution_logs
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC';

ALTER TABLE agent_executions
  ALTER COLUMN started_at TYPE TIMESTAMP USING started_at AT TIME ZONE 'UTC',
  ALTER COLUMN completed_at TYPE TIMESTAMP USING completed_at AT TIME ZONE 'UTC',
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMP USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE repositories
  ALTER COLUMN github_repo_id TYPE INTEGER,
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMP USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE web_users
  ALTER COLUMN github_id TYPE INTEGER,
  ALTER COLUMN created_at TYPE TIMESTAMP USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMP USING updated_at AT TIME ZONE 'UTC';
