-- Fault 7 and its kin, in the functions.
--
-- * increment_usage(…, 'tokns', 5) returned as if it had counted; a NULL increment turned the counter itself into NULL; a
--   message delivered twice was billed twice.
-- * increment_agent_execution read the old count as INTEGER.
-- * Unqualified names resolved along the caller's search_path.
-- * plugins.rating and plugins.downloads, which the marketplace shows, were kept by nobody.

-- Counts `p_increment` (0 or more) of `p_metric` ('issues' or 'tokens') in the month `p_period` ('YYYY-MM').
-- Not idempotent: a caller that may retry uses record_usage_event.
DROP FUNCTION increment_usage(UUID, TEXT, TEXT, TEXT, INTEGER);
CREATE FUNCTION increment_usage(
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

-- Counts `p_increment` (0 or more) runs of the agent `p_agent_name` in the month `p_period` ('YYYY-MM').
DROP FUNCTION increment_agent_execution(UUID, TEXT, TEXT, TEXT);
CREATE FUNCTION increment_agent_execution(
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

-- Records one usage event and counts it in its month (UTC), in one transaction and exactly once: `p_event_id` is chosen by
-- whoever causes the event and repeated by every retry. True when this call counted it, false when an earlier one had.
-- The same id with another user, plugin, metric, increment or data is an error (unique_violation): it is another event.
-- Metrics: 'issues', 'tokens', and 'agent_executions', whose agent is p_event_data ->> 'agent'.
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

-- Counts one download of a plugin.
CREATE FUNCTION increment_downloads(p_plugin_id TEXT) RETURNS VOID
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.plugins SET downloads = downloads + 1 WHERE id = p_plugin_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'unknown plugin "%"', p_plugin_id USING ERRCODE = 'no_data_found';
  END IF;
END;
$$;

-- Keeps plugins.rating at the mean of the plugin's reviews, 0 without any. It runs as the owner, since whoever reviews a
-- plugin may not change it. The plugins are locked in one order before their reviews are read, so that of two reviews
-- written at once the later one's mean counts both.
CREATE FUNCTION update_plugin_rating() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_plugins TEXT[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    v_plugins := ARRAY(SELECT DISTINCT plugin_id FROM after_rows);
  ELSIF TG_OP = 'DELETE' THEN
    v_plugins := ARRAY(SELECT DISTINCT plugin_id FROM before_rows);
  ELSE
    v_plugins := ARRAY(SELECT plugin_id FROM before_rows UNION SELECT plugin_id FROM after_rows);
  END IF;

  PERFORM FROM public.plugins WHERE id = ANY (v_plugins) ORDER BY id FOR NO KEY UPDATE;

  UPDATE public.plugins
  SET rating = reviewed.mean
  FROM (
    SELECT plugin.id, coalesce(avg(review.rating), 0)::NUMERIC(3, 2) AS mean
    FROM unnest(v_plugins) AS plugin (id)
    LEFT JOIN public.plugin_reviews AS review ON review.plugin_id = plugin.id
    GROUP BY plugin.id
  ) AS reviewed
  WHERE plugins.id = reviewed.id AND plugins.rating <> reviewed.mean;
  RETURN NULL;
END;
$$;

CREATE TRIGGER plugin_reviews_rate_inserted AFTER INSERT ON plugin_reviews
  REFERENCING NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION update_plugin_rating();
CREATE TRIGGER plugin_reviews_rate_updated AFTER UPDATE ON plugin_reviews
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION update_plugin_rating();
CREATE TRIGGER plugin_reviews_rate_deleted AFTER DELETE ON plugin_reviews
  REFERENCING OLD TABLE AS before_rows
  FOR EACH STATEMENT EXECUTE FUNCTION update_plugin_rating();

-- Reviews written before today are counted now. A plugin without reviews keeps the rating that it was given.
UPDATE plugins
SET rating = reviewed.mean
FROM (SELECT plugin_id, avg(rating)::NUMERIC(3, 2) AS mean FROM plugin_reviews GROUP BY plugin_id) AS reviewed
WHERE plugins.id = reviewed.plugin_id AND plugins.rating <> reviewed.mean;

-- Whether a licence was revoked: all that anyone without the right to read the lists may ask about a key.
CREATE FUNCTION license_is_revoked(p_license_key TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM public.revoked_licenses WHERE license_key = p_license_key)
  OR EXISTS (SELECT FROM public.licenses WHERE license_key = p_license_key AND revoked);
