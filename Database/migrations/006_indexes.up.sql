-- Faults 6 and 8: indexes that repeat a UNIQUE constraint, foreign keys without an index, and orders that lose rows.
--
-- * Ten of the specification's indexes repeat a UNIQUE constraint or the front of a wider index. Each costs a write and its
--   memory on every INSERT and is never the better plan.
-- * Without an index on the referencing column, deleting one plugin or user reads the whole referencing table
--   (plugins.author_id, plugin_reviews.user_id, plugin_submissions.user_id; plugin_id of trials, usage_events and
--   usage_aggregates).
-- * A page that continues "WHERE created_at < $1" skips every other row of that instant: rows of one transaction share
--   now(). The cursor is (created_at, id), so every list's index ends in (created_at DESC, id DESC) and a page is
--   "WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT n".
-- * A boolean or a status alone splits a table in a few large parts: the useful part becomes a partial index, ordered as
--   it is read.

-- users: email and stripe_customer_id are UNIQUE. One address is one account, in whichever case it is typed.
DROP INDEX idx_users_email;
DROP INDEX idx_users_stripe_customer_id;
CREATE UNIQUE INDEX idx_users_email_folded ON users (lower(email));
CREATE INDEX idx_users_created_at_id ON users (created_at DESC, id DESC);

-- web_users: github_id and line_user_id are UNIQUE.
DROP INDEX idx_web_users_github_id;
DROP INDEX idx_web_users_line_user_id;

-- plugins: the shop's lists; the author and the required plugin are foreign keys.
DROP INDEX idx_plugins_tier;
DROP INDEX idx_plugins_verified;
DROP INDEX idx_plugins_featured;
DROP INDEX idx_plugins_downloads;
DROP INDEX idx_plugins_rating;
DROP INDEX idx_plugins_features;
CREATE INDEX idx_plugins_tier_downloads ON plugins (tier, downloads DESC, id DESC);
CREATE INDEX idx_plugins_verified_downloads ON plugins (downloads DESC, id DESC) WHERE verified;
CREATE INDEX idx_plugins_featured_downloads ON plugins (downloads DESC, id DESC) WHERE featured;
CREATE INDEX idx_plugins_downloads_id ON plugins (downloads DESC, id DESC);
CREATE INDEX idx_plugins_rating_id ON plugins (rating DESC, id DESC);
-- Only @> is asked of features (section 5.2); hashed paths answer it from a smaller index than the default class.
CREATE INDEX idx_plugins_features_paths ON plugins USING GIN (features jsonb_path_ops);
CREATE INDEX idx_plugins_author_id ON plugins (author_id);
CREATE INDEX idx_plugins_requires_plugin ON plugins (requires_plugin);

-- subscriptions: UNIQUE (user_id, plugin_id) serves user_id; stripe_subscription_id is UNIQUE. Stripe's webhooks name the
-- customer; renewals read the ends of the periods of one status.
DROP INDEX idx_subscriptions_user_id;
DROP INDEX idx_subscriptions_stripe_id;
DROP INDEX idx_subscriptions_status;
CREATE INDEX idx_subscriptions_status_period_end ON subscriptions (status, current_period_end);
CREATE INDEX idx_subscriptions_stripe_customer_id ON subscriptions (stripe_customer_id);

-- licenses, trials, revoked_licenses
DROP INDEX idx_licenses_user_id;
CREATE INDEX idx_licenses_user_issued_at_id ON licenses (user_id, issued_at DESC, id DESC);
CREATE INDEX idx_licenses_expires_at ON licenses (expires_at) WHERE NOT revoked;
CREATE INDEX idx_trials_plugin_id ON trials (plugin_id);
CREATE INDEX idx_trials_expires_at ON trials (expires_at);
CREATE INDEX idx_revoked_licenses_revoked_at_id ON revoked_licenses (revoked_at DESC, id DESC);

-- usage_events: one user's history, whole or of one plugin; one type's, one plugin's.
DROP INDEX idx_usage_events_user_plugin;
DROP INDEX idx_usage_events_type;
CREATE INDEX idx_usage_events_user_created_at_id ON usage_events (user_id, created_at DESC, id DESC);
CREATE INDEX idx_usage_events_user_plugin_created_at_id ON usage_events (user_id, plugin_id, created_at DESC, id DESC);
CREATE INDEX idx_usage_events_type_created_at_id ON usage_events (event_type, created_at DESC, id DESC);
CREATE INDEX idx_usage_events_plugin_created_at_id ON usage_events (plugin_id, created_at DESC, id DESC);

-- usage_aggregates: UNIQUE (user_id, plugin_id, period) is the specification's index already. Billing reads a month.
DROP INDEX idx_usage_aggregates_period;
CREATE INDEX idx_usage_aggregates_period_user ON usage_aggregates (period, user_id);
CREATE INDEX idx_usage_aggregates_plugin_period ON usage_aggregates (plugin_id, period);

-- plugin_submissions: one user's, and the reviewers' queue, oldest first.
CREATE INDEX idx_plugin_submissions_user_submitted_at_id ON plugin_submissions (user_id, submitted_at DESC, id DESC);
CREATE INDEX idx_plugin_submissions_status_submitted_at_id ON plugin_submissions (status, submitted_at, id);

-- plugin_reviews: a plugin's reviews, newest first; UNIQUE (plugin_id, user_id) does not serve user_id.
CREATE INDEX idx_plugin_reviews_plugin_created_at_id ON plugin_reviews (plugin_id, created_at DESC, id DESC);
CREATE INDEX idx_plugin_reviews_user_id ON plugin_reviews (user_id);

-- logs
DROP INDEX idx_logs_created_at;
CREATE INDEX idx_logs_created_at_id ON logs (created_at DESC, id DESC);
CREATE INDEX idx_logs_level_created_at_id ON logs (level, created_at DESC, id DESC);

-- repositories: github_repo_id is UNIQUE.
DROP INDEX idx_repositories_github_repo_id;
DROP INDEX idx_repositories_user_id;
DROP INDEX idx_repositories_is_active;
CREATE INDEX idx_repositories_user_created_at_id ON repositories (user_id, created_at DESC, id DESC);
CREATE INDEX idx_repositories_active_user_full_name ON repositories (user_id, full_name) WHERE is_active;

-- agent_executions: section 5.1's patterns 2 and 3, with the cursor's tie-breaker; the dispatcher's queue, oldest first;
-- the watchdog's list of what has been running longest.
DROP INDEX idx_agent_executions_user_id;
DROP INDEX idx_agent_executions_repository_id;
DROP INDEX idx_agent_executions_status;
DROP INDEX idx_agent_executions_agent_type;
DROP INDEX idx_agent_executions_created_at;
DROP INDEX idx_agent_executions_user_repo_status;
CREATE INDEX idx_agent_executions_user_created_at_id ON agent_executions (user_id, created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_user_status_created_at_id
  ON agent_executions (user_id, status, created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_user_repo_status_created_at_id
  ON agent_executions (user_id, repository_id, status, created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_repository_created_at_id
  ON agent_executions (repository_id, created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_type_created_at_id ON agent_executions (agent_type, created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_created_at_id ON agent_executions (created_at DESC, id DESC);
CREATE INDEX idx_agent_executions_pending ON agent_executions (created_at, id) WHERE status = 'pending';
CREATE INDEX idx_agent_executions_running ON agent_executions (started_at, id) WHERE status = 'running';

-- execution_logs: the lines of one execution, in order.
DROP INDEX idx_execution_logs_execution_id;
CREATE INDEX idx_execution_logs_execution_created_at_id ON execution_logs (execution_id, created_at, id);

-- workflows
DROP INDEX idx_workflows_user_id;
DROP INDEX idx_workflows_is_template;
DROP INDEX idx_workflows_is_public;
DROP INDEX idx_workflows_created_at;
CREATE INDEX idx_workflows_user_created_at_id ON workflows (user_id, created_at DESC, id DESC);
CREATE INDEX idx_workflows_templates ON workflows (created_at DESC, id DESC) WHERE is_template;
CREATE INDEX idx_workflows_public ON workflows (created_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_workflows_created_at_id ON workflows (created_at DESC, id DESC);

-- line_messages
DROP INDEX idx_line_messages_user_id;
DROP INDEX idx_line_messages_line_user_id;
DROP INDEX idx_line_messages_created_at;
DROP INDEX idx_line_messages_issue_number;
CREATE INDEX idx_line_messages_user_created_at_id ON line_messages (user_id, created_at DESC, id DESC);
CREATE INDEX idx_line_messages_line_user_created_at_id ON line_messages (line_user_id, created_at DESC, id DESC);
CREATE INDEX idx_line_messages_created_at_id ON line_messages (created_at DESC, id DESC);
CREATE INDEX idx_line_messages_linked_issue ON line_messages (issue_number) WHERE issue_number IS NOT NULL;

-- websocket_connections: connection_id is UNIQUE.
DROP INDEX idx_websocket_connections_connection_id;
