-- The web UI: the specification's DDL (sections 2.2.1 and 2.2.4 to 2.2.6) as written, and execution_logs, which it only
-- names. The faults of the DDL stay here, and are mended from 004 on.

-- 2.2.1 Web UI users (GitHub OAuth)

CREATE TABLE web_users (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  github_id INTEGER UNIQUE NOT NULL,
  github_username VARCHAR(255) NOT NULL,
  email VARCHAR(255),
  avatar_url TEXT,
  line_user_id VARCHAR(255) UNIQUE,
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_web_users_github_id ON web_users(github_id);
CREATE INDEX idx_web_users_github_username ON web_users(github_username);
CREATE INDEX idx_web_users_line_user_id ON web_users(line_user_id);

-- 2.2.4 Agent orchestration

CREATE TABLE repositories (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES web_users(id) ON DELETE CASCADE,
  github_repo_id INTEGER UNIQUE NOT NULL,
  owner VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  full_name VARCHAR(255) NOT NULL,
  default_branch VARCHAR(255) DEFAULT 'main',
  is_active BOOLEAN DEFAULT true,
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_repositories_user_id ON repositories(user_id);
CREATE INDEX idx_repositories_github_repo_id ON repositories(github_repo_id);
CREATE INDEX idx_repositories_full_name ON repositories(full_name);
CREATE INDEX idx_repositories_is_active ON repositories(is_active);

CREATE TABLE agent_executions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES web_users(id) ON DELETE CASCADE,
  repository_id UUID REFERENCES repositories(id) ON DELETE CASCADE,
  agent_type VARCHAR(50) NOT NULL,
  issue_number INTEGER,
  status VARCHAR(20) NOT NULL,
  started_at TIMESTAMP,
  completed_at TIMESTAMP,
  error_message TEXT,
  result JSONB,
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW(),

  CONSTRAINT valid_agent_type CHECK (
    agent_type IN ('Coordinator', 'CodeGen', 'Review', 'Deployment', 'PR', 'Issue')
  ),
  CONSTRAINT valid_status CHECK (
    status IN ('pending', 'running', 'completed', 'failed')
  )
);

CREATE INDEX idx_agent_executions_user_id ON agent_executions(user_id);
CREATE INDEX idx_agent_executions_repository_id ON agent_executions(repository_id);
CREATE INDEX idx_agent_executions_status ON agent_executions(status);
CREATE INDEX idx_agent_executions_agent_type ON agent_executions(agent_type);
CREATE INDEX idx_agent_executions_created_at ON agent_executions(created_at DESC);
CREATE INDEX idx_agent_executions_user_repo_status ON agent_executions(user_id, repository_id, status);

-- The lines that an agent prints. The key is a counter, so that lines written in one instant keep their order.
CREATE TABLE execution_logs (
  id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  execution_id UUID NOT NULL REFERENCES agent_executions(id) ON DELETE CASCADE,
  level VARCHAR(20) NOT NULL,
  message TEXT NOT NULL,
  data JSONB,
  created_at TIMESTAMP DEFAULT NOW(),

  CONSTRAINT valid_level CHECK (
    level IN ('debug', 'info', 'warn', 'error')
  )
);

CREATE INDEX idx_execution_logs_execution_id ON execution_logs(execution_id);

CREATE TABLE workflows (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES web_users(id) ON DELETE CASCADE,
  repository_id UUID REFERENCES repositories(id) ON DELETE CASCADE,
  name VARCHAR(255) NOT NULL,
  description TEXT,
  definition JSONB NOT NULL,
  is_template BOOLEAN DEFAULT false,
  is_public BOOLEAN DEFAULT false,
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_workflows_user_id ON workflows(user_id);
CREATE INDEX idx_workflows_repository_id ON workflows(repository_id);
CREATE INDEX idx_workflows_is_template ON workflows(is_template);
CREATE INDEX idx_workflows_is_public ON workflows(is_public);
CREATE INDEX idx_workflows_created_at ON workflows(created_at DESC);

-- 2.2.5 LINE bot

CREATE TABLE line_messages (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES web_users(id) ON DELETE CASCADE,
  line_user_id VARCHAR(255) NOT NULL,
  message_type VARCHAR(20) NOT NULL,
  message_text TEXT,
  parsed_intent VARCHAR(50),
  issue_number INTEGER,
  created_at TIMESTAMP DEFAULT NOW(),

  CONSTRAINT valid_message_type CHECK (
    message_type IN ('text', 'postback', 'image', 'video', 'audio', 'file', 'location', 'sticker')
  )
);

CREATE INDEX idx_line_messages_user_id ON line_messages(user_id);
CREATE INDEX idx_line_messages_line_user_id ON line_messages(line_user_id);
CREATE INDEX idx_line_messages_created_at ON line_messages(created_at DESC);
CREATE INDEX idx_line_messages_issue_number ON line_messages(issue_number);

-- 2.2.6 Real-time connections

CREATE TABLE websocket_connections (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES web_users(id) ON DELETE CASCADE,
  connection_id VARCHAR(255) UNIQUE NOT NULL,
  connected_at TIMESTAMP DEFAULT NOW(),
  last_ping_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_websocket_connections_user_id ON websocket_connections(user_id);
CREATE INDEX idx_websocket_connections_connection_id ON websocket_connections(connection_id);
CREATE INDEX idx_websocket_connections_last_ping ON websocket_connections(last_ping_at);

-- 2.4 "Enabled on all tables". The specification prints no policy for these; the policies of 008 open them.

ALTER TABLE web_users ENABLE ROW LEVEL SECURITY;
ALTER TABLE repositories ENABLE ROW LEVEL SECURITY;
ALTER TABLE agent_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE execution_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE line_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE websocket_connections ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  web_users, repositories, agent_executions, execution_logs, workflows, line_messages, websocket_connections
  TO anon, authenticated, service_role;
