-- Back to the specification's indexes.

CREATE INDEX idx_websocket_connections_connection_id ON websocket_connections(connection_id);

DROP INDEX
  idx_line_messages_user_created_at_id, idx_line_messages_line_user_created_at_id, idx_line_messages_created_at_id,
  idx_line_messages_linked_issue;
CREATE INDEX idx_line_messages_user_id ON line_messages(user_id);
CREATE INDEX idx_line_messages_line_user_id ON line_messages(line_user_id);
CREATE INDEX idx_line_messages_created_at ON line_messages(created_at DESC);
CREATE INDEX idx_line_messages_issue_number ON line_messages(issue_number);

DROP INDEX
  idx_workflows_user_created_at_id, idx_workflows_templates, idx_workflows_public, idx_workflows_created_at_id;
CREATE INDEX idx_workflows_user_id ON workflows(user_id);
CREATE INDEX idx_workflows_is_template ON workflows(is_template);
CREATE INDEX idx_workflows_is_public ON workflows(is_public);
CREATE INDEX idx_workflows_created_at ON workflows(created_at DESC);

DROP INDEX idx_execution_logs_execution_created_at_id;
CREATE INDEX idx_execution_logs_execution_id ON execution_logs(execution_id);

DROP INDEX
  idx_agent_executions_user_created_at_id, idx_agent_executions_user_status_created_at_id,
  idx_agent_executions_user_repo_status_created_at_id, idx_agent_executions_repository_created_at_id,
  idx_agent_executions_type_created_at_id, idx_agent_executions_created_at_id, idx_agent_executions_pending,
  idx_agent_executions_running;
CREATE INDEX idx_agent_executions_user_id ON agent_executions(user_id);
CREATE INDEX idx_agent_executions_repository_id ON agent_executions(repository_id);
CREATE INDEX idx_agent_executions_status ON agent_executions(status);
CREATE INDEX idx_agent_executions_agent_type ON agent_executions(agent_type);
CREATE INDEX idx_agent_executions_created_at ON agent_executions(created_at DESC);
CREATE INDEX idx_agent_executions_user_repo_status ON agent_executions(user_id, repository_id, status);

DROP INDEX idx_repositories_user_created_at_id, idx_repositories_active_user_full_name;
CREATE INDEX idx_repositories_user_id ON repositories(user_id);
CREATE INDEX idx_repositories_github_repo_id ON repositories(github_repo_id);
CREATE INDEX idx_repositories_is_active ON repositories(is_active);

DROP INDEX idx_logs_created_at_id, idx_logs_level_created_at_id;
CREATE INDEX idx_logs_created_at ON logs(created_at DESC);

DROP INDEX idx_plugin_reviews_plugin_created_at_id, idx_plugin_reviews_user_id;

DROP INDEX idx_plugin_submissions_user_submitted_at_id, idx_plugin_submissions_status_submitted_at_id;

DROP INDEX idx_usage_aggregates_period_user, idx_usage_aggregates_plugin_period;
CREATE INDEX idx_usage_aggregates_period ON usage_aggregates(user_id, plugin_id, period);

DROP INDEX
  idx_usage_events_user_created_at_id, idx_usage_events_user_plugin_created_at_id, idx_usage_events_type_created_at_id,
  idx_usage_events_plugin_created_at_id;
CREATE INDEX idx_usage_events_user_plugin ON usage_events(user_id, plugin_id, created_at DESC);
CREATE INDEX idx_usage_events_type ON usage_events(event_type);

DROP INDEX
  idx_licenses_user_issued_at_id, idx_licenses_expires_at, idx_trials_plugin_id, idx_trials_expires_at,
  idx_revoked_licenses_revoked_at_id;
CREATE INDEX idx_licenses_user_id ON licenses(user_id);

DROP INDEX idx_subscriptions_status_period_end, idx_subscriptions_stripe_customer_id;
CREATE INDEX idx_subscriptions_user_id ON subscriptions(user_id);
CREATE INDEX idx_subscriptions_stripe_id ON subscriptions(stripe_subscription_id);
CREATE INDEX idx_subscriptions_status ON subscriptions(status);

DROP INDEX
  idx_plugins_tier_downloads, idx_plugins_verified_downloads, idx_plugins_featured_downloads, idx_plugins_downloads_id,
  idx_plugins_rating_id, idx_plugins_features_paths, idx_plugins_author_id, idx_plugins_requires_plugin;
CREATE INDEX idx_plugins_tier ON plugins(tier);
CREATE INDEX idx_plugins_verified ON plugins(verified);
CREATE INDEX idx_plugins_featured ON plugins(featured);
CREATE INDEX idx_plugins_downloads ON plugins(downloads DESC);
CREATE INDEX idx_plugins_rating ON plugins(rating DESC);
CREATE INDEX idx_plugins_features ON plugins USING GIN(features);

CREATE INDEX idx_web_users_github_id ON web_users(github_id);
CREATE INDEX idx_web_users_line_user_id ON web_users(line_user_id);

DROP INDEX idx_users_email_folded, idx_users_created_at_id;
CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_stripe_customer_id ON users(stripe_customer_id);
