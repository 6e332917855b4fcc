-- The marketplace's lists and sweeps, each with an index that it reads.
--
-- * Plugins are found by their words. A tsvector splits text at spaces, which Japanese does without; pg_trgm finds three
--   letters in a row anywhere. Japanese words are often two (検索, 通知), so plugin_text writes what is not ASCII twice, and
--   so does who asks: two letters are four then, and "検検索索" is in the text where "検索" was, and nowhere else.
-- * Plugins newest first, and a tier's best rated, as every other list by (order, id).
-- * Subscriptions and trials of one plugin, and subscriptions that stand alike, newest first. A user has a few of each,
--   which UNIQUE (user_id, plugin_id) finds.
-- * Two sweeps that each read what is due and nothing else. What has become of a trial was nowhere: one that was converted,
--   or whose end was dealt with, is ended_at a time. Those that are over today were dealt with.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION plugin_text(p_name TEXT, p_display_name TEXT, p_description TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
  p_name || ' ' || p_display_name || ' ' || coalesce(p_description, ''), '([^\x01-\x7f])', '\1\1', 'g');
REVOKE EXECUTE ON FUNCTION plugin_text(TEXT, TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plugin_text(TEXT, TEXT, TEXT) TO anon, authenticated, service_role;

CREATE INDEX idx_plugins_text ON plugins USING GIN (plugin_text(name, display_name, description) gin_trgm_ops);
CREATE INDEX idx_plugins_created_at_id ON plugins (created_at DESC, id DESC);
CREATE INDEX idx_plugins_tier_rating ON plugins (tier, rating DESC, id DESC);

DROP INDEX idx_subscriptions_plugin_id;
DROP INDEX idx_subscriptions_status_period_end;
CREATE INDEX idx_subscriptions_plugin_created_at_id ON subscriptions (plugin_id, created_at DESC, id DESC);
CREATE INDEX idx_subscriptions_status_created_at_id ON subscriptions (status, created_at DESC, id DESC);
CREATE INDEX idx_subscriptions_due ON subscriptions (current_period_end, id)
  WHERE cancel_at_period_end AND status <> 'canceled';

ALTER TABLE trials ADD COLUMN ended_at TIMESTAMPTZ;
UPDATE trials SET ended_at = expires_at WHERE expires_at <= now();
ALTER TABLE trials ADD CONSTRAINT trials_end_after_start CHECK (ended_at >= started_at);
DROP INDEX idx_trials_plugin_id;
DROP INDEX idx_trials_expires_at;
CREATE INDEX idx_trials_plugin_started_at_id ON trials (plugin_id, started_at DESC, id DESC);
CREATE INDEX idx_trials_due ON trials (expires_at, id) WHERE ended_at IS NULL;
