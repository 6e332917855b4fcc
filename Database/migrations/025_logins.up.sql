-- For logins that own nothing (docs/decisions/0036-three-logins.md).
--
-- * The relay of the outbox ran as service_role, which may change everything. outbox_relay may take changes out of the outbox,
--   see which connections a user has, and fold counts.
-- * The stores ask which migrations were run; the login that applications use owns nothing, and asks as service_role.

-- As 002 makes its roles: of the cluster, used as it is where it exists.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'outbox_relay') THEN
    BEGIN
      CREATE ROLE outbox_relay NOLOGIN;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'role outbox_relay was created by another session meanwhile';
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role "outbox_relay" is missing, and "%" may not create roles', current_user
          USING ERRCODE = 'insufficient_privilege',
            HINT = format('As an administrator run: CREATE ROLE outbox_relay NOLOGIN; GRANT outbox_relay TO %I;', current_user);
    END;
  END IF;
  IF NOT (CASE
    WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(current_user, 'outbox_relay', 'SET')
    ELSE pg_has_role(current_user, 'outbox_relay', 'MEMBER')
  END) THEN
    BEGIN
      EXECUTE format('GRANT outbox_relay TO %I', current_user);
    EXCEPTION
      WHEN unique_violation THEN
        RAISE NOTICE 'role outbox_relay was granted by another session meanwhile';
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'role "outbox_relay" exists and "%" may not grant it to itself', current_user
          USING ERRCODE = 'insufficient_privilege',
            HINT = format('As an administrator run: GRANT outbox_relay TO %I;', current_user);
    END;
  END IF;
END;
$$;

GRANT USAGE ON SCHEMA public, outbox TO outbox_relay;
GRANT SELECT, DELETE, UPDATE (attempts, last_error, parked_at) ON outbox.changes TO outbox_relay;
GRANT SELECT, DELETE ON outbox.usage TO outbox_relay;
GRANT SELECT (user_id, connection_id) ON websocket_connections TO outbox_relay;
CREATE POLICY changes_relay ON outbox.changes TO outbox_relay USING (true) WITH CHECK (true);
CREATE POLICY usage_relay ON outbox.usage TO outbox_relay USING (true) WITH CHECK (true);
CREATE POLICY websocket_connections_relay ON websocket_connections FOR SELECT TO outbox_relay USING (true);

-- It writes to plugins, which is no relay's to do otherwise. Its search path is pinned, and it writes what was counted.
ALTER FUNCTION fold_plugin_counts(TEXT[]) SECURITY DEFINER;
GRANT EXECUTE ON FUNCTION fold_plugin_counts(TEXT[]) TO outbox_relay;

DO $$
BEGIN
  IF to_regclass('public._sqlx_migrations') IS NOT NULL THEN
    GRANT SELECT ON public._sqlx_migrations TO service_role;
  END IF;
END;
$$;
