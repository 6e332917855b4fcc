-- Drops the web UI's tables and their data.

DROP TABLE
  websocket_connections, line_messages, workflows, execution_logs, agent_executions, repositories, web_users;
