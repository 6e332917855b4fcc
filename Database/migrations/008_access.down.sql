-- Back to 002's policies, grants and auth.uid(), with their faults: for going back a version, not for running on.

DROP TRIGGER plugins_keep_author_columns ON plugins;
DROP FUNCTION keep_author_columns();

DROP POLICY websocket_connections_service ON websocket_connections;
DROP POLICY line_messages_service ON line_messages;
DROP POLICY workflows_service ON workflows;
DROP POLICY execution_logs_service ON execution_logs;
DROP POLICY agent_executions_service ON agent_executions;
DROP POLICY repositories_service ON repositories;
DROP POLICY web_users_service ON web_users;
DROP POLICY logs_service ON logs;
DROP POLICY plugin_reviews_service ON plugin_reviews;
DROP POLICY plugin_submissions_service ON plugin_submissions;
DROP POLICY revoked_licenses_service ON revoked_licenses;
DROP POLICY trials_service ON trials;
DROP POLICY usage_aggregates_service ON usage_aggregates;
DROP POLICY usage_events_service ON usage_events;
DROP POLICY licenses_service ON licenses;
DROP POLICY subscriptions_service ON subscriptions;
DROP POLICY plugins_service ON plugins;
DROP POLICY users_service ON users;
DROP POLICY websocket_connections_select_own ON websocket_connections;
DROP POLICY line_messages_select_own ON line_messages;
DROP POLICY workflows_delete_own ON workflows;
DROP POLICY workflows_update_own ON workflows;
DROP POLICY workflows_insert_own ON workflows;
DROP POLICY workflows_select ON workflows;
DROP POLICY execution_logs_select_own ON execution_logs;
DROP POLICY agent_executions_insert_own ON agent_executions;
DROP POLICY agent_executions_select_own ON agent_executions;
DROP POLICY repositories_delete_own ON repositories;
DROP POLICY repositories_update_own ON repositories;
DROP POLICY repositories_insert_own ON repositories;
DROP POLICY repositories_select_own ON repositories;
DROP POLICY logs_select_admin ON logs;
DROP POLICY plugin_reviews_delete ON plugin_reviews;
DROP POLICY plugin_reviews_update_own ON plugin_reviews;
DROP POLICY plugin_reviews_insert_own ON plugin_reviews;
DROP POLICY plugin_reviews_select ON plugin_reviews;
DROP POLICY plugin_submissions_review_admin ON plugin_submissions;
DROP POLICY plugin_submissions_insert_own ON plugin_submissions;
DROP POLICY plugin_submissions_select ON plugin_submissions;
DROP POLICY revoked_licenses_insert_admin ON revoked_licenses;
DROP POLICY revoked_licenses_select_admin ON revoked_licenses;
DROP POLICY usage_aggregates_select ON usage_aggregates;
DROP POLICY usage_events_select ON usage_events;
DROP POLICY trials_select ON trials;
DROP POLICY licenses_revoke_admin ON licenses;
DROP POLICY licenses_select ON licenses;
DROP POLICY subscriptions_update_own ON subscriptions;
DROP POLICY subscriptions_select ON subscriptions;
DROP POLICY plugins_delete_admin ON plugins;
DROP POLICY plugins_update ON plugins;
DROP POLICY plugins_insert_admin ON plugins;
DROP POLICY plugins_select ON plugins;
DROP POLICY web_users_update_own ON web_users;
DROP POLICY web_users_select_own ON web_users;
DROP POLICY users_update_own ON users;
DROP POLICY users_select ON users;

REVOKE EXECUTE ON FUNCTION
  auth.uid(), license_is_revoked(TEXT),
  increment_usage(UUID, TEXT, TEXT, TEXT, BIGINT), increment_agent_execution(UUID, TEXT, TEXT, TEXT, BIGINT),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ), increment_downloads(TEXT)
  FROM anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION
  auth.uid(), license_is_revoked(TEXT),
  increment_usage(UUID, TEXT, TEXT, TEXT, BIGINT), increment_agent_execution(UUID, TEXT, TEXT, TEXT, BIGINT),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ), increment_downloads(TEXT),
  update_plugin_rating(), set_updated_at(), stamp_revocation()
  TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

DROP FUNCTION auth.is_admin();
DROP FUNCTION auth.jwt();
CREATE OR REPLACE FUNCTION auth.uid() RETURNS UUID AS $$
  SELECT (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid;
$$ LANGUAGE sql STABLE PARALLEL UNSAFE;

-- Column rights go with the table's.
REVOKE ALL ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs, web_users, repositories, agent_executions, execution_logs, workflows, line_messages,
  websocket_connections
  FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs, web_users, repositories, agent_executions, execution_logs, workflows, line_messages,
  websocket_connections
  TO anon, authenticated, service_role;

-- Users can view their own data
CREATE POLICY "users_select_own"
  ON users FOR SELECT
  USING (auth.uid() = id);

-- Admins can view all users
CREATE POLICY "users_select_admin"
  ON users FOR SELECT
  USING (
    EXISTS (
      SELECT 1 FROM users
      WHERE id = auth.uid() AND role = 'admin'
    )
  );

-- Users update their own row
CREATE POLICY "users_update_own"
  ON users FOR UPDATE
  USING (auth.uid() = id);

-- Users can view their own subscriptions
CREATE POLICY "subscriptions_select_own"
  ON subscriptions FOR SELECT
  USING (auth.uid() = user_id);

-- Service role can insert subscriptions (for purchase flow)
CREATE POLICY "subscriptions_insert_service"
  ON subscriptions FOR INSERT
  WITH CHECK (true);
