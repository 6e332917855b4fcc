-- What limits usage is a number, also where a plugin's author writes it.
--
-- * limitations are JSON. "issues_per_month": "unlimited" made usage_limitations(…)::bigint fail, and with it every recording
--   of that plugin's usage that enforces quotas, whoever's events were in the batch. The schema takes whole numbers only, and
--   null for no limit.
-- * What reads them does not rest on that: usage_limitations leaves out a limit that is no number.
-- * increment, in the events that the rollups are proved by, is a number for the same reason.

-- The number that a JSON value is, from 0 to 2^63 - 1 and written without a fraction; NULL for anything else.
CREATE FUNCTION whole_number(p_value JSONB) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(p_value) = 'number' AND p_value #>> '{}' ~ '^[0-9]{1,19}$' THEN
  CASE WHEN (p_value #>> '{}')::numeric <= 9223372036854775807 THEN (p_value #>> '{}')::bigint END
END;

-- Whether every monthly limit is a number or null.
CREATE FUNCTION limits_are_numbers(p_limitations JSONB) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT EXISTS (
  SELECT FROM unnest('{issues_per_month,tokens_per_month,agent_executions_per_month}'::text[]) AS limits (name)
  WHERE jsonb_typeof(p_limitations -> name) <> 'null' AND public.whole_number(p_limitations -> name) IS NULL
);

REVOKE EXECUTE ON FUNCTION whole_number(JSONB), limits_are_numbers(JSONB) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whole_number(JSONB), limits_are_numbers(JSONB) TO anon, authenticated, service_role;

-- What is there is read as it was meant: "50" as 50, 10.5 as 10, less than 0 as 0. What means no number, and what is more
-- than could be counted, limited nothing and goes.
DO $$
DECLARE
  v_table TEXT;
  v_id TEXT;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['plugins', 'licenses'] LOOP
    FOR v_id IN EXECUTE format(
      $update$
        UPDATE %I AS changed SET limitations = (
          SELECT coalesce(jsonb_object_agg(key, mended) FILTER (WHERE mended IS NOT NULL), '{}')
          FROM jsonb_each(changed.limitations), LATERAL (
            SELECT CASE
              WHEN public.limits_are_numbers(jsonb_build_object(key, value)) THEN value
              WHEN jsonb_typeof(value) = 'number' THEN
                to_jsonb(public.whole_number(to_jsonb(floor(greatest(value::numeric, 0)))))
              WHEN jsonb_typeof(value) = 'string' THEN
                CASE WHEN value #>> '{}' ~ '^\s*[0-9]{1,18}\s*$' THEN to_jsonb((value #>> '{}')::bigint) END
            END AS mended
          ) AS each
        )
        WHERE NOT public.limits_are_numbers(limitations) RETURNING id::text
      $update$, v_table)
    LOOP
      RAISE NOTICE 'limitations of % in % held limits that were no numbers', v_id, v_table;
    END LOOP;
  END LOOP;
END;
$$;

ALTER TABLE plugins ADD CONSTRAINT plugins_limits_are_numbers CHECK (limits_are_numbers(limitations));
ALTER TABLE licenses ADD CONSTRAINT licenses_limits_are_numbers CHECK (limits_are_numbers(limitations));
-- Not of the rows that are there, which may be very many.
ALTER TABLE usage_events ADD CONSTRAINT usage_events_increment_is_number CHECK (
  event_type NOT IN ('issues', 'tokens', 'agent_executions') OR NOT event_data ? 'increment'
  OR whole_number(event_data -> 'increment') IS NOT NULL
) NOT VALID;

-- What limits a user's use of a plugin: the limitations of the newest licence that is good now, else the plugin's. A monthly
-- limit in it is a whole number.
CREATE OR REPLACE FUNCTION usage_limitations(p_user_id UUID, p_plugin_id TEXT) RETURNS JSONB LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT CASE WHEN jsonb_typeof(found.limitations) <> 'object' THEN '{}' ELSE
    found.limitations - '{issues_per_month,tokens_per_month,agent_executions_per_month}'::text[]
    || jsonb_strip_nulls(jsonb_build_object(
      'issues_per_month', public.whole_number(found.limitations -> 'issues_per_month'),
      'tokens_per_month', public.whole_number(found.limitations -> 'tokens_per_month'),
      'agent_executions_per_month', public.whole_number(found.limitations -> 'agent_executions_per_month')))
  END
  FROM (
    SELECT coalesce(
      (
        SELECT license.limitations FROM public.licenses AS license
        WHERE license.user_id = p_user_id AND license.plugin_id = p_plugin_id
          AND NOT license.revoked AND (license.expires_at IS NULL OR license.expires_at > now())
        ORDER BY license.issued_at DESC, license.id DESC LIMIT 1
      ),
      (SELECT plugin.limitations FROM public.plugins AS plugin WHERE plugin.id = p_plugin_id)
    ) AS limitations
  ) AS found;
END;
