-- Back to the specification's two functions.

DROP FUNCTION license_is_revoked(TEXT);
DROP TRIGGER plugin_reviews_rate_deleted ON plugin_reviews;
DROP TRIGGER plugin_reviews_rate_updated ON plugin_reviews;
DROP TRIGGER plugin_reviews_rate_inserted ON plugin_reviews;
DROP FUNCTION update_plugin_rating();
DROP FUNCTION increment_downloads(TEXT);
DROP FUNCTION record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ);
DROP FUNCTION increment_agent_execution(UUID, TEXT, TEXT, TEXT, BIGINT);
DROP FUNCTION increment_usage(UUID, TEXT, TEXT, TEXT, BIGINT);

CREATE OR REPLACE FUNCTION increment_usage(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_metric TEXT,
  p_increment INTEGER
) RETURNS VOID AS $$
BEGIN
  INSERT INTO usage_aggregates (user_id, plugin_id, period, issues, tokens)
  VALUES (
    p_user_id,
    p_plugin_id,
    p_period,
    CASE WHEN p_metric = 'issues' THEN p_increment ELSE 0 END,
    CASE WHEN p_metric = 'tokens' THEN p_increment ELSE 0 END
  )
  ON CONFLICT (user_id, plugin_id, period)
  DO UPDATE SET
    issues = usage_aggregates.issues + (CASE WHEN p_metric = 'issues' THEN p_increment ELSE 0 END),
    tokens = usage_aggregates.tokens + (CASE WHEN p_metric = 'tokens' THEN p_increment ELSE 0 END),
    updated_at = NOW();
END;
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION increment_agent_execution(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_agent_name TEXT
) RETURNS VOID AS $$
BEGIN
  INSERT INTO usage_aggregates (user_id, plugin_id, period, agent_executions)
  VALUES (
    p_user_id,
    p_plugin_id,
    p_period,
    jsonb_build_object(p_agent_name, 1)
  )
  ON CONFLICT (user_id, plugin_id, period)
  DO UPDATE SET
    agent_executions = jsonb_set(
      COALESCE(usage_aggregates.agent_executions, '{}'::jsonb),
      ARRAY[p_agent_name],
      to_jsonb(COALESCE((usage_aggregates.agent_executions->>p_agent_name)::integer, 0) + 1)
    ),
    updated_at = NOW();
END;
$$ LANGUAGE plpgsql;
