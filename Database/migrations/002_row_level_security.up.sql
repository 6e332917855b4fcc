-- Row-level security (section 2.4): the roles, auth.uid() and the policies that the specification prints, as written.
-- A table with row-level security and no policy shows nothing to anyone but its owner, so the tables whose policies the
-- specification only counts stay shut until 008. The faults of the policies stay here too, and are mended there.

-- Roles belong to the cluster, not to this database: one that exists is used as it is, and another database
-- may be migrating right now.
DO $$
DECLARE
  v_role TEXT;
  v_may_become BOOLEAN;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['anon', 'authenticated', 'service_role'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
      BEGIN
        -- service_role bypasses row-level security where the server lets us say so: to a superuser, and from PostgreSQL 16
        -- on to whoever bypasses it already. Elsewhere, RDS among them, the policies TO service_role of 008 do the same.
        BEGIN
          EXECUTE format('CREATE ROLE %I NOLOGIN %s', v_role, CASE v_role WHEN 'service_role' THEN 'BYPASSRLS' END);
        EXCEPTION WHEN insufficient_privilege THEN
          EXECUTE format('CREATE ROLE %I NOLOGIN', v_role);
        END;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'role % was created by another session meanwhile', v_role;
      END;
    END IF;

    -- Sessions become these roles with SET LOCAL ROLE, so the login that owns the database must be a member.
    -- From PostgreSQL 16 on a role's creator administers it without being able to become it: hence 'SET'.
    v_may_become := CASE
      WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(current_user, v_role, 'SET')
      ELSE pg_has_role(current_user, v_role, 'MEMBER')
    END;
    IF NOT v_may_become THEN
      BEGIN
        EXECUTE format('GRANT %I TO %I', v_role, current_user);
      EXCEPTION
        WHEN unique_violation THEN
          RAISE NOTICE 'role % was granted by another session meanwhile', v_role;
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'role "%" exists and "%" may not grant it to itself', v_role, current_user
            USING ERRCODE = 'insufficient_privilege',
              HINT = format('As an administrator run: GRANT %I TO %I;', v_role, current_user);
      END;
    END IF;
  END LOOP;
END;
$$;

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;

-- The user of the session: the subject of the verified claims.
CREATE FUNCTION auth.uid() RETURNS UUID AS $$
  SELECT (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid;
$$ LANGUAGE sql STABLE;

-- The specification takes the platform's grants for granted: every role reaches every table, and policies alone decide.
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  users, plugins, subscriptions, licenses, usage_events, usage_aggregates, trials, revoked_licenses, plugin_submissions,
  plugin_reviews, logs
  TO anon, authenticated, service_role;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE plugins ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE licenses ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_aggregates ENABLE ROW LEVEL SECURITY;
ALTER TABLE trials ENABLE ROW LEVEL SECURITY;
ALTER TABLE revoked_licenses ENABLE ROW LEVEL SECURITY;
ALTER TABLE plugin_submissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE plugin_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE logs ENABLE ROW LEVEL SECURITY;

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
