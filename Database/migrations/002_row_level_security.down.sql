-- Removes the policies, the grants and auth.uid(). The roles stay: they belong to the cluster, other databases may use
-- them, and a role that an administrator gave BYPASSRLS could not be made again by us. Without grants they reach nothing.

DROP POLICY "subscriptions_insert_service" ON subscriptions;
DROP POLICY "subscriptions_select_own" ON subscriptions;
DROP POLICY "users_update_own" ON users;
DROP POLICY "users_select_admin" ON users;
DROP POLICY "users_select_own" ON users;

ALTER TABLE logs DISABLE ROW LEVEL SECURITY;
ALTER TABLE plugin_reviews DISABLE ROW LEVEL SECURITY;
ALTER TABLE plugin_submissions DISABLE ROW LEVEL SECURITY;
ALTER TABLE revoked_licenses DISABLE ROW LEVEL SECURITY;
ALTER TABLE trials DISABLE ROW LEVEL SECURITY;
ALTER TABLE usage_aggregates DISABLE ROW LEVEL SECURITY;
ALTER TABLE usage_events DISABLE ROW LEVEL SECURITY;
ALTER TABLE licenses DISABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions DISABLE ROW LEVEL SECURITY;
ALTER TABLE plugins DISABLE ROW LEVEL SECURITY;
ALTER TABLE users DISABLE ROW LEVEL SECURITY;

REVOKE ALL ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs
  FROM anon, authenticated, service_role;
REVOKE USAGE ON SCHEMA public FROM anon, authenticated, service_role;

DROP FUNCTION auth.uid();
DROP SCHEMA auth;
