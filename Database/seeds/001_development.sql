-- A small marketplace and web UI for development: every statement can run again and changes nothing then.
-- Ids are fixed so that examples and tests can name them: users 1…, web users 2…, everything else 3….

INSERT INTO users (id, email, name, stripe_customer_id, role) VALUES
  ('10000000-0000-4000-8000-000000000001', 'admin@miyabi.example', 'Miyabi Admin', NULL, 'admin'),
  ('10000000-0000-4000-8000-000000000002', 'aoi@miyabi.example', 'Aoi', 'cus_development_aoi', 'user'),
  ('10000000-0000-4000-8000-000000000003', 'ren@miyabi.example', 'Ren', 'cus_development_ren', 'user')
ON CONFLICT DO NOTHING;

INSERT INTO plugins (
  id, name, display_name, source, version, tier, price, billing_period, author_id, description, features, limitations,
  categories, verified, featured, requires_plugin, trial_period
) VALUES
  ('miyabi-operations-free', 'miyabi-operations-free', 'Miyabi Operations', 'github:miyabi/operations', '1.0.0',
   'free', 0, NULL, '10000000-0000-4000-8000-000000000001', 'Agents for one repository.',
   '{"agents": ["Issue", "Review"], "api_access": false}', '{"issues_per_month": 50, "repositories": 1}',
   '{operations,agents}', true, false, NULL, NULL),
  ('miyabi-operations-pro', 'miyabi-operations-pro', 'Miyabi Operations Pro', 'github:miyabi/operations', '1.2.0',
   'pro', 2900, 'monthly', '10000000-0000-4000-8000-000000000001', 'All six agents, on every repository of a team.',
   '{"agents": ["Coordinator", "CodeGen", "Review", "Deployment", "PR", "Issue"], "api_access": true}',
   '{"issues_per_month": 1000, "repositories": 20}', '{operations,agents}', true, true, NULL, 14),
  ('miyabi-line-notify', 'miyabi-line-notify', 'LINE Notifications', 'github:aoi/miyabi-line-notify', '0.3.1',
   'addon', 500, 'monthly', '10000000-0000-4000-8000-000000000002', 'What the agents do, as LINE messages.',
   '{"channels": ["line"], "api_access": false}', '{"messages_per_day": 200}',
   '{notifications,line}', false, false, 'miyabi-operations-pro', 7)
ON CONFLICT DO NOTHING;

INSERT INTO subscriptions (
  id, user_id, plugin_id, stripe_subscription_id, stripe_customer_id, tier, license_key, status,
  current_period_start, current_period_end
) VALUES
  ('30000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002', 'miyabi-operations-pro',
   'sub_development_1', 'cus_development_aoi', 'pro', 'development-license-aoi-pro', 'active',
   '2025-11-01T00:00:00Z', '2025-12-01T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO licenses (id, user_id, plugin_id, license_key, tier, features, limitations, issued_at, expires_at) VALUES
  ('30000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000002', 'miyabi-operations-pro',
   'development-license-aoi-pro', 'pro', '{"api_access": true}', '{"issues_per_month": 1000}',
   '2025-11-01T00:00:00Z', '2035-11-01T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO trials (id, user_id, plugin_id, license_key, started_at, expires_at) VALUES
  ('30000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000003', 'miyabi-operations-pro',
   'development-trial-ren-pro', '2025-11-20T00:00:00Z', '2025-12-04T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO revoked_licenses (id, license_key, reason, revoked_at) VALUES
  ('30000000-0000-4000-8000-000000000004', 'development-license-revoked', 'refunded', '2025-11-10T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO plugin_submissions (id, user_id, plugin_data, status, submitted_at) VALUES
  ('30000000-0000-4000-8000-000000000005', '10000000-0000-4000-8000-000000000003',
   '{"name": "miyabi-slack-notify", "version": "0.1.0"}', 'pending_review', '2025-11-22T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO plugin_reviews (id, plugin_id, user_id, rating, comment) VALUES
  ('30000000-0000-4000-8000-000000000006', 'miyabi-operations-pro', '10000000-0000-4000-8000-000000000002', 5,
   'Reviews every pull request before I do.'),
  ('30000000-0000-4000-8000-000000000007', 'miyabi-operations-pro', '10000000-0000-4000-8000-000000000003', 4, NULL)
ON CONFLICT DO NOTHING;

SELECT record_usage_event(
  '30000000-0000-4000-8000-000000000008', '10000000-0000-4000-8000-000000000002', 'miyabi-operations-pro', 'tokens', 1800,
  '2025-11-21T09:30:00Z');

INSERT INTO logs (id, level, message, created_at) VALUES
  ('30000000-0000-4000-8000-00000000000a', 'info', 'The development data was loaded.', '2025-11-24T00:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO web_users (id, github_id, github_username, email, line_user_id) VALUES
  ('20000000-0000-4000-8000-000000000001', 900000001, 'aoi-dev', 'aoi@miyabi.example', 'U-development-aoi'),
  ('20000000-0000-4000-8000-000000000002', 900000002, 'ren-dev', NULL, NULL)
ON CONFLICT DO NOTHING;

INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name) VALUES
  ('30000000-0000-4000-8000-00000000000b', '20000000-0000-4000-8000-000000000001', 900000011,
   'aoi-dev', 'sample-app', 'aoi-dev/sample-app'),
  ('30000000-0000-4000-8000-00000000000c', '20000000-0000-4000-8000-000000000002', 900000012,
   'ren-dev', 'notes', 'ren-dev/notes')
ON CONFLICT DO NOTHING;

INSERT INTO agent_executions (
  id, user_id, repository_id, agent_type, issue_number, status, started_at, completed_at, result
) VALUES
  ('30000000-0000-4000-8000-00000000000d', '20000000-0000-4000-8000-000000000001',
   '30000000-0000-4000-8000-00000000000b', 'CodeGen', 12, 'completed',
   '2025-11-23T01:00:00Z', '2025-11-23T01:04:30Z', '{"pull_request": 13}'),
  ('30000000-0000-4000-8000-00000000000e', '20000000-0000-4000-8000-000000000001',
   '30000000-0000-4000-8000-00000000000b', 'Review', 13, 'pending', NULL, NULL, NULL)
ON CONFLICT DO NOTHING;

INSERT INTO execution_logs (id, execution_id, level, message) OVERRIDING SYSTEM VALUE VALUES
  (-2, '30000000-0000-4000-8000-00000000000d', 'info', 'Reading issue 12.'),
  (-1, '30000000-0000-4000-8000-00000000000d', 'info', 'Opened pull request 13.')
ON CONFLICT DO NOTHING;

INSERT INTO workflows (id, user_id, repository_id, name, definition, is_template, is_public) VALUES
  ('30000000-0000-4000-8000-00000000000f', '20000000-0000-4000-8000-000000000001', NULL, 'Issue to pull request',
   '{"nodes": [{"id": "issue"}, {"id": "codegen"}, {"id": "review"}],
     "edges": [{"source": "issue", "target": "codegen"}, {"source": "codegen", "target": "review"}]}', true, true)
ON CONFLICT DO NOTHING;

INSERT INTO line_messages (id, user_id, line_user_id, message_type, message_text, parsed_intent, issue_number) VALUES
  ('30000000-0000-4000-8000-000000000010', '20000000-0000-4000-8000-000000000001', 'U-development-aoi', 'text',
   'What is issue 12 doing?', 'status', 12)
ON CONFLICT DO NOTHING;

INSERT INTO websocket_connections (id, user_id, connection_id) VALUES
  ('30000000-0000-4000-8000-000000000011', '20000000-0000-4000-8000-000000000001', 'development-connection-1')
ON CONFLICT DO NOTHING;
