-- Rows that the specification's text rules out but its DDL lets in. Each was tried against 003 and accepted:
-- a NULL role (a CHECK passes on NULL), a NULL counter, period '2025-13', -5 issues, a licence that ends before it begins,
-- an execution that completed before it started, a repository of nobody, a revoked licence without a date, updated_at
-- left behind by every UPDATE. Rows with a NULL where there is a default get the default; any other offending row makes
-- this migration fail and name the constraint: which value is right is the operator's to say.

-- A column with a default is never NULL.
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
    EXECUTE format('UPDATE %1$I SET %2$I = DEFAULT WHERE %2$I IS NULL', v_column.table_name, v_column.column_name);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET NOT NULL', v_column.table_name, v_column.column_name);
  END LOOP;
END;
$$;

-- Every row has an owner, except workflows (templates that Miyabi ships) and line_messages (senders not yet linked).
ALTER TABLE repositories ALTER COLUMN user_id SET NOT NULL;
ALTER TABLE agent_executions ALTER COLUMN user_id SET NOT NULL;
ALTER TABLE websocket_connections ALTER COLUMN user_id SET NOT NULL;

ALTER TABLE users
  ADD CONSTRAINT users_email_shape CHECK (email ~ '^[^@\s]+@[^@\s]+$');

ALTER TABLE plugins
  ADD CONSTRAINT plugins_price_not_negative CHECK (price >= 0),
  ADD CONSTRAINT plugins_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT plugins_downloads_not_negative CHECK (downloads >= 0),
  ADD CONSTRAINT plugins_rating_range CHECK (rating BETWEEN 0 AND 5),
  ADD CONSTRAINT plugins_trial_period_not_negative CHECK (trial_period >= 0),
  ADD CONSTRAINT plugins_features_object CHECK (jsonb_typeof(features) = 'object'),
  ADD CONSTRAINT plugins_limitations_object CHECK (jsonb_typeof(limitations) = 'object'),
  ADD CONSTRAINT plugins_requires_another CHECK (requires_plugin <> id),
  ADD CONSTRAINT plugins_requires_plugin_fkey FOREIGN KEY (requires_plugin) REFERENCES plugins(id);

ALTER TABLE subscriptions
  ADD CONSTRAINT subscriptions_tier_check CHECK (tier IN ('free', 'pro', 'enterprise', 'addon')),
  ADD CONSTRAINT subscriptions_period_order CHECK (current_period_end >= current_period_start);

ALTER TABLE licenses
  ADD CONSTRAINT licenses_tier_check CHECK (tier IN ('free', 'pro', 'enterprise', 'addon')),
  ADD CONSTRAINT licenses_expire_after_issue CHECK (expires_at > issued_at);

ALTER TABLE trials
  ADD CONSTRAINT trials_expire_after_start CHECK (expires_at > started_at);

ALTER TABLE plugin_submissions
  ADD CONSTRAINT plugin_submissions_quality_score_range CHECK (quality_score BETWEEN 0 AND 100),
  ADD CONSTRAINT plugin_submissions_pending_unreviewed CHECK (status <> 'pending_review' OR reviewed_at IS NULL);

ALTER TABLE usage_aggregates
  ADD CONSTRAINT usage_aggregates_period_month CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT usage_aggregates_issues_not_negative CHECK (issues >= 0),
  ADD CONSTRAINT usage_aggregates_tokens_not_negative CHECK (tokens >= 0),
  ADD CONSTRAINT usage_aggregates_agent_executions_object CHECK (jsonb_typeof(agent_executions) = 'object');

ALTER TABLE web_users
  ADD CONSTRAINT web_users_github_id_positive CHECK (github_id > 0);

ALTER TABLE repositories
  ADD CONSTRAINT repositories_github_repo_id_positive CHECK (github_repo_id > 0),
  ADD CONSTRAINT repositories_full_name_agrees CHECK (full_name = owner || '/' || name);

ALTER TABLE agent_executions
  ADD CONSTRAINT agent_executions_issue_number_positive CHECK (issue_number > 0),
  ADD CONSTRAINT agent_executions_completed_after_started CHECK (completed_at >= started_at),
  ADD CONSTRAINT agent_executions_completed_is_final
    CHECK (completed_at IS NULL OR status IN ('completed', 'failed'));

ALTER TABLE line_messages
  ADD CONSTRAINT line_messages_issue_number_positive CHECK (issue_number > 0);

-- A revocation carries its date, whoever revokes.
CREATE FUNCTION stamp_revocation() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.revoked_at := CASE WHEN NEW.revoked THEN coalesce(NEW.revoked_at, now()) END;
  RETURN NEW;
END;
$$;

UPDATE licenses SET revoked_at = CASE WHEN revoked THEN coalesce(revoked_at, now()) END
  WHERE revoked <> (revoked_at IS NOT NULL);
ALTER TABLE licenses
  ADD CONSTRAINT licenses_revoked_is_dated CHECK (revoked = (revoked_at IS NOT NULL));
CREATE TRIGGER licenses_stamp_revocation BEFORE INSERT OR UPDATE OF revoked, revoked_at ON licenses
  FOR EACH ROW EXECUTE FUNCTION stamp_revocation();

-- updated_at is the time of the last change, not of the insert: no caller has to remember it, and none can forge it.
CREATE FUNCTION set_updated_at() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER plugins_set_updated_at BEFORE UPDATE ON plugins
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER subscriptions_set_updated_at BEFORE UPDATE ON subscriptions
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER usage_aggregates_set_updated_at BEFORE UPDATE ON usage_aggregates
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER web_users_set_updated_at BEFORE UPDATE ON web_users
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER repositories_set_updated_at BEFORE UPDATE ON repositories
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER agent_executions_set_updated_at BEFORE UPDATE ON agent_executions
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER workflows_set_updated_at BEFORE UPDATE ON workflows
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();

-- Ids come from the server's own generator, so that a restore needs no extension.
ALTER TABLE users ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE subscriptions ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE licenses ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE trials ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE revoked_licenses ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE plugin_submissions ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE plugin_reviews ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE logs ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE usage_events ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE usage_aggregates ALTER COLUMN id SET DEFAULT gen_random_uuid();
