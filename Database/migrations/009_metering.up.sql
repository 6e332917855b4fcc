-- Fault 7 to its end: metering that counts every event once, and can prove it.
--
-- At version 8, evidence by Tests/SchemaTests/Functions/MeteringTests.swift:
-- * A raw event that is removed is forgotten: delivered again, it is counted again. So raw events could never expire.
-- * The time was no part of what an id stands for: a retry without it was the same event in whichever month came first.
-- * increment_usage and increment_agent_execution counted without a raw event: nothing could check a rollup.
-- * A batch was as many calls as events, locking rollups in the events' order: two batches could wait in a circle.
--
-- Now, always: a month's rollup is the sum of its raw events (docs/decisions/0016-metering.md).

CREATE SCHEMA metering;
GRANT USAGE ON SCHEMA metering TO service_role;

-- What was counted, for ever: the id, and what it stands for. Internal: a raw event may go, its id never does.
CREATE TABLE metering.usage_event_ids (
  event_id UUID PRIMARY KEY,
  digest BYTEA NOT NULL
);
ALTER TABLE metering.usage_event_ids ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON metering.usage_event_ids TO service_role;
CREATE POLICY usage_event_ids_service ON metering.usage_event_ids TO service_role USING (true) WITH CHECK (true);

-- Everything that makes an event another event.
CREATE FUNCTION metering.usage_event_digest(
  p_user_id UUID, p_plugin_id TEXT, p_metric TEXT, p_data JSONB, p_occurred_at TIMESTAMPTZ
) RETURNS BYTEA LANGUAGE sql STABLE
RETURN sha256(convert_to(
  jsonb_build_array(p_user_id, p_plugin_id, p_metric, p_data, extract(epoch FROM p_occurred_at))::text, 'UTF8'));

-- The first instant of a month 'YYYY-MM', in UTC; NULL of NULL.
CREATE FUNCTION metering.month_start(p_period TEXT) RETURNS TIMESTAMPTZ
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_period !~ '^[0-9]{4}-(0[1-9]|1[0-2])$' THEN
    RAISE EXCEPTION 'period "%" is no month YYYY-MM', p_period USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN make_timestamptz(left(p_period, 4)::integer, right(p_period, 2)::integer, 1, 0, 0, 0, 'UTC');
END;
$$;

-- Counts by name, added up.
CREATE FUNCTION metering.add_counts(p_counts JSONB, p_others JSONB) RETURNS JSONB LANGUAGE sql IMMUTABLE
RETURN (
  SELECT coalesce(jsonb_object_agg(name, total), '{}')
  FROM (
    SELECT name, sum(count::bigint)::bigint AS total
    FROM (
      SELECT * FROM jsonb_each_text(p_counts) UNION ALL SELECT * FROM jsonb_each_text(p_others)
    ) AS each (name, count)
    GROUP BY name
  ) AS added
);

-- What limits a user's use of a plugin: the limitations of the newest licence that is good now, else the plugin's.
CREATE FUNCTION usage_limitations(p_user_id UUID, p_plugin_id TEXT) RETURNS JSONB LANGUAGE sql STABLE
RETURN coalesce(
  (
    SELECT license.limitations FROM public.licenses AS license
    WHERE license.user_id = p_user_id AND license.plugin_id = p_plugin_id
      AND NOT license.revoked AND (license.expires_at IS NULL OR license.expires_at > now())
    ORDER BY license.issued_at DESC, license.id DESC LIMIT 1
  ),
  (SELECT plugin.limitations FROM public.plugins AS plugin WHERE plugin.id = p_plugin_id)
);

-- Records usage events and counts them in their months (UTC), in one transaction and exactly once. The arrays run side
-- by side; an id is chosen by whoever causes the event and repeated by every retry. Returns the ids that this call
-- counted.
--
-- Metrics: 'issues', 'tokens', and 'agent_executions', whose agent is the data's 'agent'. Increments: 0 or more.
-- All or nothing. Errors: 22023, what cannot be counted; 23505, ids recorded before with other contents (a JSON array
-- in DETAIL); UQ001 with p_enforce_quotas, when a month's total exceeds usage_limitations(…) ->> '<metric>_per_month'
-- (who, what, limit, used and requested as a JSON object in DETAIL).
--
-- Ids are locked in their order, then rollups in the order of their key: calls in transactions of their own cannot wait
-- for each other in a circle. A second writer of an id waits for the first to commit or to roll back.
CREATE FUNCTION record_usage_events(
  p_event_ids UUID[],
  p_user_ids UUID[],
  p_plugin_ids TEXT[],
  p_metrics TEXT[],
  p_increments BIGINT[],
  p_occurred_at TIMESTAMPTZ[],
  p_event_data JSONB[],
  p_enforce_quotas BOOLEAN DEFAULT false
) RETURNS UUID[] LANGUAGE plpgsql
-- Plans are made for the batch at hand: how large it is decides how its rows are joined.
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_invalid RECORD;
  v_new UUID[];
  v_detail TEXT;
BEGIN
  SELECT metric, increment, data ->> 'agent' AS agent INTO v_invalid
  FROM unnest(p_metrics, p_increments, p_event_data) AS event (metric, increment, data)
  WHERE metric IS NULL OR metric NOT IN ('issues', 'tokens', 'agent_executions')
    OR increment IS NULL OR increment < 0
    OR metric = 'agent_executions' AND coalesce(data ->> 'agent', '') = ''
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'metric "%", increment %, agent "%" cannot be counted',
      v_invalid.metric, v_invalid.increment, v_invalid.agent
      USING ERRCODE = 'invalid_parameter_value',
        HINT = 'The metrics are issues, tokens, and agent_executions of an agent; the increment is 0 or more.';
  END IF;

  WITH given AS (
    SELECT id, user_id, plugin_id, metric, occurred_at,
      coalesce(data, '{}') || jsonb_build_object('increment', increment) AS data
    FROM unnest(p_event_ids, p_user_ids, p_plugin_ids, p_metrics, p_increments, p_occurred_at, p_event_data)
      AS event (id, user_id, plugin_id, metric, increment, occurred_at, data)
  ), event AS MATERIALIZED (
    SELECT DISTINCT ON (id, digest) *
    FROM given, metering.usage_event_digest(user_id, plugin_id, metric, data, occurred_at) AS digest
    ORDER BY id, digest
  ), claimed AS (
    INSERT INTO metering.usage_event_ids (event_id, digest) SELECT id, digest FROM event ORDER BY id, digest
    ON CONFLICT DO NOTHING
    RETURNING event_id, digest
  ), raw AS (
    INSERT INTO public.usage_events (id, user_id, plugin_id, event_type, event_data, created_at)
    SELECT event.id, event.user_id, event.plugin_id, event.metric, event.data, event.occurred_at
    FROM event JOIN claimed ON claimed.event_id = event.id AND claimed.digest = event.digest
    RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM raw;

  -- Another statement, so that it sees what those committed whom the INSERT had to wait for.
  IF cardinality(v_new) < cardinality(p_event_ids) THEN
    SELECT to_jsonb(array_agg(DISTINCT known.event_id))::text INTO v_detail
    FROM unnest(p_event_ids, p_user_ids, p_plugin_ids, p_metrics, p_increments, p_occurred_at, p_event_data)
      AS event (id, user_id, plugin_id, metric, increment, occurred_at, data)
    JOIN metering.usage_event_ids AS known ON known.event_id = event.id
    WHERE known.digest <> metering.usage_event_digest(
      user_id, plugin_id, metric, coalesce(data, '{}') || jsonb_build_object('increment', increment), occurred_at);
    IF v_detail IS NOT NULL THEN
      RAISE EXCEPTION 'usage events were recorded before with other contents'
        USING ERRCODE = 'unique_violation', DETAIL = v_detail, HINT = 'A new event needs a new id.',
          SCHEMA = 'metering', TABLE = 'usage_event_ids', CONSTRAINT = 'usage_event_ids_pkey';
    END IF;
  END IF;

  INSERT INTO public.usage_aggregates AS aggregate (user_id, plugin_id, period, issues, tokens, agent_executions)
  SELECT user_id, plugin_id, period,
    coalesce(sum(counted) FILTER (WHERE metric = 'issues'), 0),
    coalesce(sum(counted) FILTER (WHERE metric = 'tokens'), 0),
    coalesce(jsonb_object_agg(agent, counted) FILTER (WHERE metric = 'agent_executions'), '{}')
  FROM (
    SELECT user_id, plugin_id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM') AS period, event_type AS metric,
      event_data ->> 'agent' AS agent, sum((event_data ->> 'increment')::bigint)::bigint AS counted
    FROM public.usage_events JOIN unnest(v_new) AS new (id) USING (id)
    GROUP BY 1, 2, 3, 4, 5
  ) AS line
  GROUP BY user_id, plugin_id, period
  ORDER BY user_id, plugin_id, period
  ON CONFLICT (user_id, plugin_id, period) DO UPDATE SET
    issues = aggregate.issues + excluded.issues,
    tokens = aggregate.tokens + excluded.tokens,
    agent_executions = CASE excluded.agent_executions
      WHEN '{}' THEN aggregate.agent_executions
      ELSE metering.add_counts(aggregate.agent_executions, excluded.agent_executions)
    END;

  -- The rollups are locked by now: nobody else can use up what is found to be left.
  IF p_enforce_quotas THEN
    SELECT jsonb_build_object(
      'user_id', user_id, 'plugin_id', plugin_id, 'period', period, 'metric', metric,
      'limit', ceiling, 'used', total - requested, 'requested', requested)::text INTO v_detail
    FROM (
      SELECT user_id, plugin_id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM') AS period, event_type AS metric,
        sum((event_data ->> 'increment')::bigint) AS requested
      FROM public.usage_events JOIN unnest(v_new) AS new (id) USING (id)
      GROUP BY 1, 2, 3, 4
    ) AS batch
    JOIN public.usage_aggregates AS aggregate USING (user_id, plugin_id, period)
    CROSS JOIN LATERAL (
      SELECT (public.usage_limitations(user_id, plugin_id) ->> (metric || '_per_month'))::bigint AS ceiling,
        CASE metric
          WHEN 'issues' THEN aggregate.issues
          WHEN 'tokens' THEN aggregate.tokens
          ELSE (SELECT sum(count::bigint) FROM jsonb_each_text(aggregate.agent_executions) AS each (name, count))
        END AS total
    ) AS quota
    WHERE total > ceiling
    ORDER BY user_id, plugin_id, period, metric LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'the usage exceeds a quota' USING ERRCODE = 'UQ001', DETAIL = v_detail;
    END IF;
  END IF;
  RETURN v_new;
END;
$$;

-- One event: true when this call counted it, false when an earlier one had. See record_usage_events.
DROP FUNCTION record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, JSONB, TIMESTAMPTZ);
CREATE FUNCTION record_usage_event(
  p_event_id UUID,
  p_user_id UUID,
  p_plugin_id TEXT,
  p_metric TEXT,
  p_increment BIGINT,
  p_occurred_at TIMESTAMPTZ,
  p_event_data JSONB DEFAULT '{}'
) RETURNS BOOLEAN LANGUAGE sql
RETURN cardinality(record_usage_events(
  ARRAY[p_event_id], ARRAY[p_user_id], ARRAY[p_plugin_id], ARRAY[p_metric], ARRAY[p_increment], ARRAY[p_occurred_at],
  ARRAY[p_event_data])) = 1;

-- An event without an id, for callers that do not retry: now, or in p_period ('YYYY-MM') as near to now as may be.
CREATE FUNCTION metering.count_usage(
  p_user_id UUID, p_plugin_id TEXT, p_period TEXT, p_metric TEXT, p_increment BIGINT, p_event_data JSONB
) RETURNS VOID LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET TimeZone = 'UTC' AS $$
DECLARE
  v_start TIMESTAMPTZ := metering.month_start(p_period);
  v_end TIMESTAMPTZ := v_start + interval '1 month' - interval '1 microsecond';
BEGIN
  PERFORM public.record_usage_event(
    gen_random_uuid(), p_user_id, p_plugin_id, p_metric, p_increment, greatest(v_start, least(now(), v_end)),
    p_event_data);
END;
$$;

-- Counts `p_increment` (0 or more) of `p_metric` ('issues' or 'tokens') in the month `p_period` ('YYYY-MM').
-- Not idempotent: a caller that may retry uses record_usage_event.
CREATE OR REPLACE FUNCTION increment_usage(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_metric TEXT,
  p_increment BIGINT
) RETURNS VOID LANGUAGE sql
RETURN metering.count_usage(p_user_id, p_plugin_id, p_period, p_metric, p_increment, '{}');

-- Counts `p_increment` (0 or more) runs of the agent `p_agent_name` in the month `p_period` ('YYYY-MM').
CREATE OR REPLACE FUNCTION increment_agent_execution(
  p_user_id UUID,
  p_plugin_id TEXT,
  p_period TEXT,
  p_agent_name TEXT,
  p_increment BIGINT DEFAULT 1
) RETURNS VOID LANGUAGE sql
RETURN metering.count_usage(
  p_user_id, p_plugin_id, p_period, 'agent_executions', p_increment, jsonb_build_object('agent', p_agent_name));

-- Every number of a month's (or every month's) rollups beside the sum of its raw events; agent is '' but for
-- agent_executions.
CREATE FUNCTION metering.usage_lines(p_period TEXT) RETURNS TABLE (
  user_id UUID, plugin_id TEXT, period TEXT, metric TEXT, agent TEXT, raw BIGINT, rollup BIGINT
) LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET TimeZone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
  v_start TIMESTAMPTZ := metering.month_start(p_period);
  v_from TIMESTAMPTZ := coalesce(v_start, '-infinity');
  v_until TIMESTAMPTZ := coalesce(v_start + interval '1 month', 'infinity');
BEGIN
  RETURN QUERY
  WITH raw AS (
    SELECT user_id, plugin_id, to_char(created_at, 'YYYY-MM') AS period, event_type AS metric,
      CASE event_type WHEN 'agent_executions' THEN event_data ->> 'agent' ELSE '' END AS agent,
      sum((event_data ->> 'increment')::bigint)::bigint AS quantity
    FROM public.usage_events
    WHERE event_type IN ('issues', 'tokens', 'agent_executions') AND event_data ? 'increment'
      AND created_at >= v_from AND created_at < v_until
    GROUP BY 1, 2, 3, 4, 5
  ), rollup AS (
    SELECT user_id, plugin_id, period, line.metric, line.agent, line.quantity
    FROM public.usage_aggregates
    CROSS JOIN LATERAL (
      SELECT 'issues' AS metric, '' AS agent, issues AS quantity
      UNION ALL SELECT 'tokens', '', tokens
      UNION ALL SELECT 'agent_executions', name, count::bigint
      FROM jsonb_each_text(agent_executions) AS each (name, count)
    ) AS line
    WHERE p_period IS NULL OR period = p_period
  )
  SELECT user_id, plugin_id, period, metric, agent, coalesce(raw.quantity, 0), coalesce(rollup.quantity, 0)
  FROM raw FULL JOIN rollup USING (user_id, plugin_id, period, metric, agent);
END;
$$;

-- Where the rollups of a month ('YYYY-MM'; NULL: of all) are not the sums of their raw events. No row: they all are.
CREATE FUNCTION verify_usage(p_period TEXT DEFAULT NULL) RETURNS TABLE (
  user_id UUID, plugin_id TEXT, period TEXT, metric TEXT, agent TEXT, raw BIGINT, rollup BIGINT
) LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT line.* FROM metering.usage_lines(p_period) AS line WHERE line.raw <> line.rollup ORDER BY 1, 2, 3, 4, 5;
END;

-- Makes the rollups the sums of their raw events, and tells what it found as verify_usage does. Recording waits
-- meanwhile.
CREATE FUNCTION repair_usage(p_period TEXT DEFAULT NULL) RETURNS TABLE (
  user_id UUID, plugin_id TEXT, period TEXT, metric TEXT, agent TEXT, raw BIGINT, rollup BIGINT
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  LOCK TABLE public.usage_aggregates IN SHARE ROW EXCLUSIVE MODE;
  RETURN QUERY SELECT * FROM public.verify_usage(p_period);

  INSERT INTO public.usage_aggregates (user_id, plugin_id, period, issues, tokens, agent_executions)
  SELECT user_id, plugin_id, period,
    coalesce(sum(raw) FILTER (WHERE metric = 'issues'), 0),
    coalesce(sum(raw) FILTER (WHERE metric = 'tokens'), 0),
    coalesce(jsonb_object_agg(agent, raw) FILTER (WHERE metric = 'agent_executions' AND raw <> 0), '{}')
  FROM metering.usage_lines(p_period)
  GROUP BY user_id, plugin_id, period
  HAVING bool_or(raw <> rollup)
  ON CONFLICT ON CONSTRAINT usage_aggregates_user_id_plugin_id_period_key DO UPDATE SET
    issues = excluded.issues, tokens = excluded.tokens, agent_executions = excluded.agent_executions;
END;
$$;

-- Replaces the raw events before the month p_before ('YYYY-MM') by one for each user, plugin, month, metric and agent,
-- with their sum as 'increment' and their number as 'events'; returns how many are gone. Only an event whose id is kept
-- can go, so none can ever be counted again; and the sums stay, so verify_usage and repair_usage stay right.
CREATE FUNCTION expire_usage_events(p_before TEXT) RETURNS BIGINT
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET TimeZone = 'UTC' AS $$
DECLARE
  v_before TIMESTAMPTZ := metering.month_start(p_before);
  v_expired BIGINT;
BEGIN
  WITH expired AS (
    DELETE FROM public.usage_events AS event
    USING metering.usage_event_ids AS known
    WHERE known.event_id = event.id AND event.created_at < v_before
      AND event.event_type IN ('issues', 'tokens', 'agent_executions')
    RETURNING event.*
  ), kept AS (
    INSERT INTO public.usage_events (user_id, plugin_id, event_type, event_data, created_at)
    SELECT user_id, plugin_id, event_type,
      jsonb_strip_nulls(jsonb_build_object(
        'agent', CASE event_type WHEN 'agent_executions' THEN event_data ->> 'agent' END,
        'increment', sum((event_data ->> 'increment')::bigint), 'events', count(*))),
      date_trunc('month', created_at)
    FROM expired
    GROUP BY user_id, plugin_id, event_type, date_trunc('month', created_at),
      CASE event_type WHEN 'agent_executions' THEN event_data ->> 'agent' END
  )
  SELECT count(*) INTO v_expired FROM expired;
  RETURN v_expired;
END;
$$;

-- Nothing of it is anybody's but service_role's.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA metering FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA metering TO service_role;
REVOKE EXECUTE ON FUNCTION
  usage_limitations(UUID, TEXT),
  record_usage_events(UUID[], UUID[], TEXT[], TEXT[], BIGINT[], TIMESTAMPTZ[], JSONB[], BOOLEAN),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, TIMESTAMPTZ, JSONB),
  verify_usage(TEXT), repair_usage(TEXT), expire_usage_events(TEXT)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  usage_limitations(UUID, TEXT),
  record_usage_events(UUID[], UUID[], TEXT[], TEXT[], BIGINT[], TIMESTAMPTZ[], JSONB[], BOOLEAN),
  record_usage_event(UUID, UUID, TEXT, TEXT, BIGINT, TIMESTAMPTZ, JSONB),
  verify_usage(TEXT), repair_usage(TEXT), expire_usage_events(TEXT)
  TO service_role;
GRANT EXECUTE ON FUNCTION usage_limitations(UUID, TEXT) TO authenticated;

-- What was recorded before today stays known, and the rollups stand as they were billed: what no raw event of a rollup
-- accounts for is accounted for by one now.
INSERT INTO metering.usage_event_ids (event_id, digest)
SELECT id, metering.usage_event_digest(user_id, plugin_id, event_type, event_data, created_at)
FROM usage_events WHERE event_data ? 'increment';

INSERT INTO usage_events (user_id, plugin_id, event_type, event_data, created_at)
SELECT user_id, plugin_id, metric,
  jsonb_strip_nulls(jsonb_build_object('agent', nullif(agent, ''), 'increment', rollup - raw, 'events', 0)),
  metering.month_start(period)
FROM verify_usage();
