-- Takes the constraints, the triggers and the defaults of 005 away. Values that 005 filled in stay: they are valid here.

ALTER TABLE usage_aggregates ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE usage_events ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE logs ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE plugin_reviews ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE plugin_submissions ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE revoked_licenses ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE trials ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE licenses ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE subscriptions ALTER COLUMN id SET DEFAULT uuid_generate_v4();
ALTER TABLE users ALTER COLUMN id SET DEFAULT uuid_generate_v4();

DROP TRIGGER workflows_set_updated_at ON workflows;
DROP TRIGGER agent_executions_set_updated_at ON agent_executions;
DROP TRIGGER repositories_set_updated_at ON repositories;
DROP TRIGGER web_users_set_updated_at ON web_users;
DROP TRIGGER usage_aggregates_set_updated_at ON usage_aggregates;
DROP TRIGGER subscriptions_set_updated_at ON subscriptions;
DROP TRIGGER plugins_set_updated_at ON plugins;
DROP TRIGGER users_set_updated_at ON users;
DROP FUNCTION set_updated_at();

DROP TRIGGER licenses_stamp_revocation ON licenses;
DROP FUNCTION stamp_revocation();

ALTER TABLE line_messages
  DROP CONSTRAINT line_messages_issue_number_positive;

ALTER TABLE agent_executions
  DROP CONSTRAINT agent_executions_completed_is_final,
  DROP CONSTRAINT agent_executions_completed_after_started,
  DROP CONSTRAINT agent_executions_issue_number_positive;

ALTER TABLE repositories
  DROP CONSTRAINT repositories_full_name_agrees,
  DROP CONSTRAINT repositories_github_repo_id_positive;

ALTER TABLE web_users
  DROP CONSTRAINT web_users_github_id_positive;

ALTER TABLE usage_aggregates
  DROP CONSTRAINT usage_aggregates_agent_executions_object,
  DROP CONSTRAINT usage_aggregates_tokens_not_negative,
  DROP CONSTRAINT usage_aggregates_issues_not_negative,
  DROP CONSTRAINT usage_aggregates_period_month;

ALTER TABLE plugin_submissions
  DROP CONSTRAINT plugin_submissions_pending_unreviewed,
  DROP CONSTRAINT plugin_submissions_quality_score_range;

ALTER TABLE trials
  DROP CONSTRAINT trials_expire_after_start;

ALTER TABLE licenses
  DROP CONSTRAINT licenses_revoked_is_dated,
  DROP CONSTRAINT licenses_expire_after_issue,
  DROP CONSTRAINT licenses_tier_check;

ALTER TABLE subscriptions
  DROP CONSTRAINT subscriptions_period_order,
  DROP CONSTRAINT subscriptions_tier_check;

ALTER TABLE plugins
  DROP CONSTRAINT plugins_requires_plugin_fkey,
  DROP CONSTRAINT plugins_requires_another,
  DROP CONSTRAINT plugins_limitations_object,
  DROP CONSTRAINT plugins_features_object,
  DROP CONSTRAINT plugins_trial_period_not_negative,
  DROP CONSTRAINT plugins_rating_range,
  DROP CONSTRAINT plugins_downloads_not_negative,
  DROP CONSTRAINT plugins_currency_code,
  DROP CONSTRAINT plugins_price_not_negative;

ALTER TABLE users
  DROP CONSTRAINT users_email_shape;

ALTER TABLE websocket_connections ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE agent_executions ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE repositories ALTER COLUMN user_id DROP NOT NULL;

DO $$
DECLARE
  v_column RECORD;
BEGIN
  FOR v_column IN
    SELECT * FROM (VALUES
      ('users', 'role'), ('users', 'created_at'), ('users', 'updated_at'),
      ('plugins', 'currency'), ('plugins', 'verified'), ('plugins', 'featured'), ('plugins', 'downloads'),
      ('plugins', 'rating'), ('plugins', 'created_at'), ('plugins', 'updated_at'),
      ('subscriptions', 'cancel_at_period_end'), ('subscriptions', 'created_at'), ('subscriptions', 'updated_at'),
      ('licenses', 'issued_at'), ('licenses', 'revoked'),
      ('trials', 'started_at'), ('revoked_licenses', 'revoked_at'), ('plugin_submissions', 'submitted_at'),
      ('plugin_reviews', 'created_at'), ('logs', 'created_at'), ('usage_events', 'created_at'),
      ('usage_aggregates', 'issues'), ('usage_aggregates', 'tokens'), ('usage_aggregates', 'agent_executions'),
      ('usage_aggregates', 'created_at'), ('usage_aggregates', 'updated_at'),
      ('web_users', 'created_at'), ('web_users', 'updated_at'),
      ('repositories', 'default_branch'), ('repositories', 'is_active'),
      ('repositories', 'created_at'), ('repositories', 'updated_at'),
      ('agent_executions', 'created_at'), ('agent_executions', 'updated_at'), ('execution_logs', 'created_at'),
      ('workflows', 'is_template'), ('workflows', 'is_public'), ('workflows', 'created_at'), ('workflows', 'updated_at'),
      ('line_messages', 'created_at'), ('websocket_connections', 'connected_at'), ('websocket_connections', 'last_ping_at')
    ) AS listed (table_name, column_name)
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP NOT NULL', v_column.table_name, v_column.column_name);
  END LOOP;
END;
$$;
