-- Back to plugins without a search by words, and to trials that do not know what has become of them. The extension stays,
-- which others may use.

DROP INDEX idx_trials_due;
DROP INDEX idx_trials_plugin_started_at_id;
CREATE INDEX idx_trials_expires_at ON trials (expires_at);
CREATE INDEX idx_trials_plugin_id ON trials (plugin_id);
ALTER TABLE trials DROP COLUMN ended_at;

DROP INDEX idx_subscriptions_due;
DROP INDEX idx_subscriptions_status_created_at_id;
DROP INDEX idx_subscriptions_plugin_created_at_id;
CREATE INDEX idx_subscriptions_status_period_end ON subscriptions (status, current_period_end);
CREATE INDEX idx_subscriptions_plugin_id ON subscriptions(plugin_id);

DROP INDEX idx_plugins_tier_rating;
DROP INDEX idx_plugins_created_at_id;
DROP INDEX idx_plugins_text;
DROP FUNCTION plugin_text(TEXT, TEXT, TEXT);
