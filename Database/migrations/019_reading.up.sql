-- Reads that row-level security made slow, and no less strict now.
--
-- * Of a table with policies the planner uses no statistics where an operator could leak what it sees, ILIKE and @> among
--   them: anon's search of a rare word read a million plugins in their order (9.5 s; 0.4 ms with statistics). plugin_shop is a
--   view of the owner's, whom no policy binds: it shows what plugins shows to everyone, all of it, and can only be read.
-- * An index of lower(email) finds nothing under a policy, for lower() could leak. A column that holds the folded address is
--   compared by =, which does not.
-- * "own, or any as admin" is one plan for both: read in the list's order, 300,000 rows of others came before the first own
--   one. A session of somebody who is no admin may become authenticated_own, which is authenticated with one more policy on
--   each such table: own rows only, found by the user's index. It sees what authenticated shows to who is no admin, no more
--   and no less.

CREATE VIEW plugin_shop AS SELECT * FROM plugins;
GRANT SELECT ON plugin_shop TO anon, authenticated, service_role;

ALTER TABLE users ADD COLUMN email_folded TEXT NOT NULL GENERATED ALWAYS AS (lower(email)) STORED;
DROP INDEX idx_users_email_folded;
CREATE UNIQUE INDEX idx_users_email_folded ON users (email_folded);

-- As 002 makes its roles: of the cluster, used as it is where it exists.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated_own') THEN
    BEGIN
      CREATE ROLE authenticated_own NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      RAISE NOTICE 'role authenticated_own was created by another session meanwhile';
    END;
  END IF;
  BEGIN
    IF NOT pg_has_role('authenticated_own', 'authenticated', 'USAGE') THEN
      GRANT authenticated TO authenticated_own;
    END IF;
    IF NOT (CASE
      WHEN current_setting('server_version_num')::int >= 160000 THEN
        pg_has_role(current_user, 'authenticated_own', 'SET')
      ELSE pg_has_role(current_user, 'authenticated_own', 'MEMBER')
    END) THEN
      EXECUTE format('GRANT authenticated_own TO %I', current_user);
    END IF;
  EXCEPTION
    WHEN unique_violation THEN
      RAISE NOTICE 'role authenticated_own was granted by another session meanwhile';
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'role "authenticated_own" exists and "%" may not grant it to itself', current_user
        USING ERRCODE = 'insufficient_privilege',
          HINT = format('As an administrator run: GRANT authenticated TO authenticated_own; GRANT authenticated_own TO %I;',
            current_user);
  END;
END;
$$;

CREATE POLICY users_own ON users AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (id = (select auth.uid()));
CREATE POLICY subscriptions_own ON subscriptions AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));
CREATE POLICY licenses_own ON licenses AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));
CREATE POLICY trials_own ON trials AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));
CREATE POLICY usage_events_own ON usage_events AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));
CREATE POLICY usage_aggregates_own ON usage_aggregates AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));
CREATE POLICY plugin_submissions_own ON plugin_submissions AS RESTRICTIVE FOR SELECT TO authenticated_own
  USING (user_id = (select auth.uid()));

-- Makes the rest of a transaction, of a session that is authenticated, that of somebody who reads what is theirs, unless
-- they are an admin or the login is no member of that role. No setting of its own: that would undo the role at its end.
CREATE FUNCTION auth.narrow() RETURNS VOID LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT set_config('role', 'authenticated_own', true)
  WHERE pg_has_role(session_user, 'authenticated_own', 'MEMBER') AND NOT auth.is_admin();
END;
REVOKE EXECUTE ON FUNCTION auth.narrow() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.narrow() TO authenticated;
