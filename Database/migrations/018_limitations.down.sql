-- Back to limitations of any shape. What was mended stays mended.

CREATE OR REPLACE FUNCTION usage_limitations(p_user_id UUID, p_plugin_id TEXT) RETURNS JSONB LANGUAGE sql STABLE
RETURN coalesce(
  (
    SELECT license.limitations FROM public.licenses AS license
    WHERE license.user_id = p_user_id AND license.plugin_id = p_plugin_id
      AND NOT license.revoked AND (license.expires_at IS NULL OR license.expires_at > now())
    ORDER BY license.issued_at DESC, license.id DESC LIMIT 1
  ),
  (SELECT plugin.limitations FROM public.plugins AS plugin WHERE plugin.id = p_plugin_id)
);

ALTER TABLE usage_events DROP CONSTRAINT usage_events_increment_is_number;
ALTER TABLE licenses DROP CONSTRAINT licenses_limits_are_numbers;
ALTER TABLE plugins DROP CONSTRAINT plugins_limits_are_numbers;
DROP FUNCTION limits_are_numbers(JSONB);
DROP FUNCTION whole_number(JSONB);
