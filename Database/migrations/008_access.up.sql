-- Faults 1 to 4: who may do what, as docs/schema.md's table says. Evidence, each shown by a test at version 3:
--
-- 1. users_select_admin reads users inside a policy on users: every query of a role under row-level security fails with
--    "infinite recursion detected in policy for relation "users"" (42P17). The question moves to a function of the owner.
-- 2. subscriptions_insert_service has no TO: anyone, anon too, may insert a subscription for anyone. Every policy names
--    its role.
-- 3. users_update_own lets a user write every column of the own row, role = 'admin' included. Columns are granted.
-- 4. A bare auth.uid() parses the claims once for every row; (select auth.uid()) is an InitPlan, evaluated once for a query.
--
-- And: auth.uid() failed with "invalid input syntax for type json" in a session that had set claims in an earlier
-- transaction (the setting is then '' and not NULL); every function was executable by PUBLIC; no policy opened the other
-- sixteen tables to anyone.
--
-- Row-level security is enabled but not forced: the owner runs migrations and backups and owns the SECURITY DEFINER
-- functions below, which must see all rows (forced, is_admin would recurse just as fault 1 did). Requests never run as the
-- owner: they run under SET LOCAL ROLE anon, authenticated or service_role.

DROP POLICY "subscriptions_insert_service" ON subscriptions;
DROP POLICY "subscriptions_select_own" ON subscriptions;
DROP POLICY "users_update_own" ON users;
DROP POLICY "users_select_admin" ON users;
DROP POLICY "users_select_own" ON users;

-- Identity. auth is not an exposed schema: nothing in it is an endpoint.

-- The verified claims of the request, or NULL outside one. Malformed claims are an error, never nobody.
CREATE FUNCTION auth.jwt() RETURNS JSONB LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('request.jwt.claims', true), '')::jsonb;

-- The user of the request: the claims' sub, or NULL. The names are bound now, not along the caller's search_path.
CREATE OR REPLACE FUNCTION auth.uid() RETURNS UUID LANGUAGE sql STABLE PARALLEL SAFE
RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;

-- Whether the user of the request is an admin: what users.role says, whatever the claims say.
CREATE FUNCTION auth.is_admin() RETURNS BOOLEAN LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.users WHERE id = auth.uid() AND role = 'admin');

-- Rights. Nothing is anybody's that is not granted below.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs, web_users, repositories, agent_executions, execution_logs, workflows, line_messages,
  websocket_connections
  FROM PUBLIC, anon, authenticated;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

REVOKE EXECUTE ON FUNCTION
  auth.uid(), auth.jwt(), auth.is_admin(), license_is_revoked(TEXT),
  increment_usage(UUID, TEXT, TEXT, TEXT, BIGINT), increment_agent_execution(UUID, TEXT, TEXT, TEXT, BIGINT),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ), increment_downloads(TEXT),
  update_plugin_rating(), set_updated_at(), stamp_revocation()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.uid(), auth.jwt(), license_is_revoked(TEXT) TO anon, authenticated, service_role;
GRANT EXECUTE ON FUNCTION auth.is_admin() TO authenticated, service_role;
GRANT EXECUTE ON FUNCTION
  increment_usage(UUID, TEXT, TEXT, TEXT, BIGINT), increment_agent_execution(UUID, TEXT, TEXT, TEXT, BIGINT),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ), increment_downloads(TEXT)
  TO service_role;

GRANT SELECT ON plugins, plugin_reviews TO anon;
GRANT SELECT ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs, web_users, repositories, agent_executions, execution_logs, workflows, line_messages,
  websocket_connections
  TO authenticated;

-- users
GRANT UPDATE (name, email) ON users TO authenticated;
CREATE POLICY users_select ON users FOR SELECT TO authenticated
  USING (id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY users_update_own ON users FOR UPDATE TO authenticated
  USING (id = (select auth.uid())) WITH CHECK (id = (select auth.uid()));

-- web_users
GRANT UPDATE (avatar_url, email) ON web_users TO authenticated;
CREATE POLICY web_users_select_own ON web_users FOR SELECT TO authenticated
  USING (id = (select auth.uid()));
CREATE POLICY web_users_update_own ON web_users FOR UPDATE TO authenticated
  USING (id = (select auth.uid())) WITH CHECK (id = (select auth.uid()));

-- plugins. Authors and admins are one role to PostgreSQL, so the columns of an author are kept by a trigger.
GRANT INSERT, UPDATE, DELETE ON plugins TO authenticated;
CREATE POLICY plugins_select ON plugins FOR SELECT TO anon, authenticated
  USING (true);
CREATE POLICY plugins_insert_admin ON plugins FOR INSERT TO authenticated
  WITH CHECK ((select auth.is_admin()));
CREATE POLICY plugins_update ON plugins FOR UPDATE TO authenticated
  USING (author_id = (select auth.uid()) OR (select auth.is_admin()))
  WITH CHECK (author_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY plugins_delete_admin ON plugins FOR DELETE TO authenticated
  USING ((select auth.is_admin()));

CREATE FUNCTION keep_author_columns() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_authors CONSTANT TEXT[] := ARRAY['display_name', 'description', 'features', 'limitations', 'categories'];
BEGIN
  IF (to_jsonb(NEW) - v_authors) IS DISTINCT FROM (to_jsonb(OLD) - v_authors)
    AND row_security_active('public.plugins')
    AND NOT pg_has_role(current_user, 'service_role', 'USAGE')
    AND NOT auth.is_admin()
  THEN
    RAISE EXCEPTION 'permission denied: an author may change only % of a plugin', array_to_string(v_authors, ', ')
      USING ERRCODE = 'insufficient_privilege', TABLE = 'plugins', SCHEMA = 'public';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER plugins_keep_author_columns BEFORE UPDATE ON plugins
  FOR EACH ROW EXECUTE FUNCTION keep_author_columns();

-- subscriptions
GRANT UPDATE (cancel_at_period_end) ON subscriptions TO authenticated;
CREATE POLICY subscriptions_select ON subscriptions FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY subscriptions_update_own ON subscriptions FOR UPDATE TO authenticated
  USING (user_id = (select auth.uid())) WITH CHECK (user_id = (select auth.uid()));

-- licenses, trials
GRANT UPDATE (revoked, revoked_at) ON licenses TO authenticated;
CREATE POLICY licenses_select ON licenses FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY licenses_revoke_admin ON licenses FOR UPDATE TO authenticated
  USING ((select auth.is_admin())) WITH CHECK ((select auth.is_admin()));
CREATE POLICY trials_select ON trials FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));

-- usage_events, usage_aggregates
CREATE POLICY usage_events_select ON usage_events FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY usage_aggregates_select ON usage_aggregates FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));

-- revoked_licenses. Everyone else asks license_is_revoked(key).
GRANT INSERT ON revoked_licenses TO authenticated;
CREATE POLICY revoked_licenses_select_admin ON revoked_licenses FOR SELECT TO authenticated
  USING ((select auth.is_admin()));
CREATE POLICY revoked_licenses_insert_admin ON revoked_licenses FOR INSERT TO authenticated
  WITH CHECK ((select auth.is_admin()));

-- plugin_submissions. What was submitted stays as it was: reviewing writes the review's columns.
GRANT INSERT (id, user_id, plugin_data, status) ON plugin_submissions TO authenticated;
GRANT UPDATE (quality_score, security_scan, status, review_notes, reviewed_at) ON plugin_submissions TO authenticated;
CREATE POLICY plugin_submissions_select ON plugin_submissions FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY plugin_submissions_insert_own ON plugin_submissions FOR INSERT TO authenticated
  WITH CHECK (user_id = (select auth.uid()) AND status = 'pending_review');
CREATE POLICY plugin_submissions_review_admin ON plugin_submissions FOR UPDATE TO authenticated
  USING ((select auth.is_admin())) WITH CHECK ((select auth.is_admin()));

-- plugin_reviews
GRANT INSERT (id, plugin_id, user_id, rating, comment), UPDATE (rating, comment), DELETE
  ON plugin_reviews TO authenticated;
CREATE POLICY plugin_reviews_select ON plugin_reviews FOR SELECT TO anon, authenticated
  USING (true);
CREATE POLICY plugin_reviews_insert_own ON plugin_reviews FOR INSERT TO authenticated
  WITH CHECK (user_id = (select auth.uid()));
CREATE POLICY plugin_reviews_update_own ON plugin_reviews FOR UPDATE TO authenticated
  USING (user_id = (select auth.uid())) WITH CHECK (user_id = (select auth.uid()));
CREATE POLICY plugin_reviews_delete ON plugin_reviews FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));

-- logs
CREATE POLICY logs_select_admin ON logs FOR SELECT TO authenticated
  USING ((select auth.is_admin()));

-- repositories
GRANT INSERT (id, user_id, github_repo_id, owner, name, full_name, default_branch, is_active),
  UPDATE (owner, name, full_name, default_branch, is_active), DELETE
  ON repositories TO authenticated;
CREATE POLICY repositories_select_own ON repositories FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()));
CREATE POLICY repositories_insert_own ON repositories FOR INSERT TO authenticated
  WITH CHECK (user_id = (select auth.uid()));
CREATE POLICY repositories_update_own ON repositories FOR UPDATE TO authenticated
  USING (user_id = (select auth.uid())) WITH CHECK (user_id = (select auth.uid()));
CREATE POLICY repositories_delete_own ON repositories FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()));

-- agent_executions. A policy's reading of another table is under that table's policies, for the same role.
GRANT INSERT (id, user_id, repository_id, agent_type, issue_number, status) ON agent_executions TO authenticated;
CREATE POLICY agent_executions_select_own ON agent_executions FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()));
CREATE POLICY agent_executions_insert_own ON agent_executions FOR INSERT TO authenticated
  WITH CHECK (
    user_id = (select auth.uid())
    AND status = 'pending'
    AND EXISTS (
      SELECT FROM repositories AS repository
      WHERE repository.id = agent_executions.repository_id AND repository.user_id = (select auth.uid())
    )
  );

-- execution_logs
CREATE POLICY execution_logs_select_own ON execution_logs FOR SELECT TO authenticated
  USING (
    EXISTS (
      SELECT FROM agent_executions AS execution
      WHERE execution.id = execution_logs.execution_id AND execution.user_id = (select auth.uid())
    )
  );

-- workflows
GRANT INSERT (id, user_id, repository_id, name, description, definition, is_template, is_public),
  UPDATE (repository_id, name, description, definition, is_template, is_public), DELETE
  ON workflows TO authenticated;
CREATE POLICY workflows_select ON workflows FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()) OR is_public);
CREATE POLICY workflows_insert_own ON workflows FOR INSERT TO authenticated
  WITH CHECK (
    user_id = (select auth.uid())
    AND (
      repository_id IS NULL
      OR EXISTS (
        SELECT FROM repositories AS repository
        WHERE repository.id = workflows.repository_id AND repository.user_id = (select auth.uid())
      )
    )
  );
CREATE POLICY workflows_update_own ON workflows FOR UPDATE TO authenticated
  USING (user_id = (select auth.uid()))
  WITH CHECK (
    user_id = (select auth.uid())
    AND (
      repository_id IS NULL
      OR EXISTS (
        SELECT FROM repositories AS repository
        WHERE repository.id = workflows.repository_id AND repository.user_id = (select auth.uid())
      )
    )
  );
CREATE POLICY workflows_delete_own ON workflows FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()));

-- line_messages, websocket_connections
CREATE POLICY line_messages_select_own ON line_messages FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()));
CREATE POLICY websocket_connections_select_own ON websocket_connections FOR SELECT TO authenticated
  USING (user_id = (select auth.uid()));

-- service_role may do everything (its grants are those of 002 and 003), also where the server gave it no BYPASSRLS.
CREATE POLICY users_service ON users TO service_role USING (true) WITH CHECK (true);
CREATE POLICY plugins_service ON plugins TO service_role USING (true) WITH CHECK (true);
CREATE POLICY subscriptions_service ON subscriptions TO service_role USING (true) WITH CHECK (true);
CREATE POLICY licenses_service ON licenses TO service_role USING (true) WITH CHECK (true);
CREATE POLICY usage_events_service ON usage_events TO service_role USING (true) WITH CHECK (true);
CREATE POLICY usage_aggregates_service ON usage_aggregates TO service_role USING (true) WITH CHECK (true);
CREATE POLICY trials_service ON trials TO service_role USING (true) WITH CHECK (true);
CREATE POLICY revoked_licenses_service ON revoked_licenses TO service_role USING (true) WITH CHECK (true);
CREATE POLICY plugin_submissions_service ON plugin_submissions TO service_role USING (true) WITH CHECK (true);
CREATE POLICY plugin_reviews_service ON plugin_reviews TO service_role USING (true) WITH CHECK (true);
CREATE POLICY logs_service ON logs TO service_role USING (true) WITH CHECK (true);
CREATE POLICY web_users_service ON web_users TO service_role USING (true) WITH CHECK (true);
CREATE POLICY repositories_service ON repositories TO service_role USING (true) WITH CHECK (true);
CREATE POLICY agent_executions_service ON agent_executions TO service_role USING (true) WITH CHECK (true);
CREATE POLICY execution_logs_service ON execution_logs TO service_role USING (true) WITH CHECK (true);
CREATE POLICY workflows_service ON workflows TO service_role USING (true) WITH CHECK (true);
CREATE POLICY line_messages_service ON line_messages TO service_role USING (true) WITH CHECK (true);
CREATE POLICY websocket_connections_service ON websocket_connections TO service_role USING (true) WITH CHECK (true);

REVOKE EXECUTE ON FUNCTION keep_author_columns() FROM PUBLIC;
