-- Back to 007's functions. It refuses when raw events have expired: version 8 knows an event by its raw row alone and
-- would count those again.

DO $$
BEGIN
  IF EXISTS (
    SELECT FROM metering.usage_event_ids AS known
    WHERE NOT EXISTS (SELECT FROM usage_events WHERE id = known.event_id)
  ) THEN
    RAISE EXCEPTION 'raw usage events have expired: version 8 would count them again when they are delivered again'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
END;
$$;

DROP FUNCTION expire_usage_events(TEXT);
DROP FUNCTION repair_usage(TEXT);
DROP FUNCTION verify_usage(TEXT);
DROP FUNCTION record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, TIMESTAMPTZ, JSONB);

CREATE OR REPLACE FUNCTION increment_usage(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_metric TEXT,
  p_increment BIGINT
) RETURNS VOID LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_metric IS NULL OR p_metric NOT IN ('issues', 'tokens') THEN
    RAISE EXCEPTION 'unknown metric "%"', p_metric
      USING ERRCODE = 'invalid_parameter_value', HINT = 'The metrics are issues and tokens.';
  END IF;
  IF p_increment IS NULL OR p_increment < 0 THEN
    RAISE EXCEPTION 'increment % of metric "%" is not 0 or more', p_increment, p_metric
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  INSERT INTO public.usage_aggregates AS aggregate (user_id, plugin_id, period, issues, tokens)
  VALUES (
    p_user_id,
    p_plugin_id,
    p_period,
    CASE p_metric WHEN 'issues' THEN p_increment ELSE 0 END,
    CASE p_metric WHEN 'tokens' THEN p_increment ELSE 0 END
  )
  ON CONFLICT (user_id, plugin_id, period)
  DO UPDATE SET
    issues = aggregate.issues + excluded.issues,
    tokens = aggregate.tokens + excluded.tokens;
END;
$$;

CREATE OR REPLACE FUNCTION increment_agent_execution(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_agent_name TEXT,
  p_increment BIGINT DEFAULT 1
) RETURNS VOID LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_agent_name IS NULL OR p_agent_name = '' THEN
    RAISE EXCEPTION 'the agent has no name' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_increment IS NULL OR p_increment < 0 THEN
    RAISE EXCEPTION 'increment % of agent "%" is not 0 or more', p_increment, p_agent_name
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  INSERT INTO public.usage_aggregates AS aggregate (user_id, plugin_id, period, agent_executions)
  VALUES (p_user_id, p_plugin_id, p_period, jsonb_build_object(p_agent_name, p_increment))
  ON CONFLICT (user_id, plugin_id, period)
  DO UPDATE SET
    agent_executions = jsonb_set(
      aggregate.agent_executions,
      ARRAY[p_agent_name],
      to_jsonb(coalesce((aggregate.agent_executions ->> p_agent_name)::bigint, 0) + p_increment)
    );
END;
$$;

CREATE FUNCTION record_usage_event(
  p_event_id UUID,
  p_user_id UUID,
  p_plugin_id TEXT,
  p_metric TEXT,
  p_increment BIGINT DEFAULT 1,
  p_event_data JSONB DEFAULT '{}',
  p_occurred_at TIMESTAMPTZ DEFAULT now()
) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_data JSONB := coalesce(p_event_data, '{}') || jsonb_build_object('increment', p_increment);
  v_period TEXT := to_char(p_occurred_at AT TIME ZONE 'UTC', 'YYYY-MM');
BEGIN
  INSERT INTO public.usage_events (id, user_id, plugin_id, event_type, event_data, created_at)
  VALUES (p_event_id, p_user_id, p_plugin_id, p_metric, v_data, p_occurred_at)
  ON CONFLICT (id) DO NOTHING;

  IF NOT FOUND THEN
    IF NOT EXISTS (
      SELECT FROM public.usage_events
      WHERE id = p_event_id AND user_id = p_user_id AND plugin_id = p_plugin_id
        AND event_type = p_metric AND event_data = v_data
    ) THEN
      RAISE EXCEPTION 'usage event % was recorded before with other contents', p_event_id
        USING ERRCODE = 'unique_violation', HINT = 'A new event needs a new id.';
    END IF;
    RETURN false;
  END IF;

  IF p_metric = 'agent_executions' THEN
    PERFORM public.increment_agent_execution(p_user_id, p_plugin_id, v_period, v_data ->> 'agent', p_increment);
  ELSE
    PERFORM public.increment_usage(p_user_id, p_plugin_id, v_period, p_metric, p_increment);
  END IF;
  RETURN true;
END;
$$;

GRANT EXECUTE ON FUNCTION record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ) TO service_role;

DROP FUNCTION record_usage_events(UUID[], UUID[], TEXT[], TEXT[], BIGINT[], TIMESTAMPTZ[], JSONB[], BOOLEAN);
DROP FUNCTION usage_limitations(UUID, TEXT);
DROP SCHEMA metering CASCADE;
