-- Drops the marketplace and its data. The extension stays: it may have been here before, and others may use it.

DROP FUNCTION increment_agent_execution(UUID, TEXT, TEXT, TEXT);
DROP FUNCTION increment_usage(UUID, TEXT, TEXT, TEXT, INTEGER);
DROP TABLE
  logs, plugin_reviews, plugin_submissions, revoked_licenses, trials, licenses,
  usage_aggregates, usage_events, subscriptions, plugins, users;
