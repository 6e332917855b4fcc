-- Back to the rights of before. The role stays: another database may use it.

DO $$
BEGIN
  IF to_regclass('public._sqlx_migrations') IS NOT NULL THEN
    REVOKE SELECT ON public._sqlx_migrations FROM service_role;
  END IF;
END;
$$;

REVOKE EXECUTE ON FUNCTION fold_plugin_counts(TEXT[]) FROM outbox_relay;
ALTER FUNCTION fold_plugin_counts(TEXT[]) SECURITY INVOKER;
DROP POLICY websocket_connections_relay ON websocket_connections;
DROP POLICY usage_relay ON outbox.usage;
DROP POLICY changes_relay ON outbox.changes;
REVOKE SELECT (user_id, connection_id) ON websocket_connections FROM outbox_relay;
REVOKE SELECT, DELETE ON outbox.usage FROM outbox_relay;
REVOKE SELECT, DELETE, UPDATE (attempts, last_error, parked_at) ON outbox.changes FROM outbox_relay;
REVOKE USAGE ON SCHEMA public, outbox FROM outbox_relay;
