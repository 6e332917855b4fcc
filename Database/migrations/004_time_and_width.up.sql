-- Fault 5: TIMESTAMP without time zone, and INTEGER where the values outgrow it.
--
-- * A TIMESTAMP filled by NOW() holds the wall clock of whichever session wrote it. The same instant written under
--   TimeZone 'UTC' and 'Asia/Tokyo' differs by 9 hours, and clocks that step back in autumn reorder an agent's history.
-- * GitHub's repository ids are past 1,000,000,000 and INTEGER ends at 2,147,483,647; the tokens of one month get there at
--   72 million a day. From there on every write fails with "integer out of range" (SQLSTATE 22003).
--
-- Rows keep their instants: Miyabi's servers ran in UTC, so what is stored is read as UTC.

ALTER TABLE web_users
  ALTER COLUMN github_id TYPE BIGINT,
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMPTZ USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE repositories
  ALTER COLUMN github_repo_id TYPE BIGINT,
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMPTZ USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE agent_executions
  ALTER COLUMN started_at TYPE TIMESTAMPTZ USING started_at AT TIME ZONE 'UTC',
  ALTER COLUMN completed_at TYPE TIMESTAMPTZ USING completed_at AT TIME ZONE 'UTC',
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMPTZ USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE execution_logs
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC';

ALTER TABLE workflows
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN updated_at TYPE TIMESTAMPTZ USING updated_at AT TIME ZONE 'UTC';

ALTER TABLE line_messages
  ALTER COLUMN created_at TYPE TIMESTAMPTZ USING created_at AT TIME ZONE 'UTC';

ALTER TABLE websocket_connections
  ALTER COLUMN connected_at TYPE TIMESTAMPTZ USING connected_at AT TIME ZONE 'UTC',
  ALTER COLUMN last_ping_at TYPE TIMESTAMPTZ USING last_ping_at AT TIME ZONE 'UTC';

ALTER TABLE usage_aggregates
  ALTER COLUMN issues TYPE BIGINT,
  ALTER COLUMN tokens TYPE BIGINT;

ALTER TABLE plugins
  ALTER COLUMN downloads TYPE BIGINT;
