-- Back to an index on what every ping changes, and to connections without generations.

DROP INDEX idx_line_messages_issue_created_at_id;
CREATE INDEX idx_line_messages_linked_issue ON line_messages (issue_number) WHERE issue_number IS NOT NULL;

DROP INDEX idx_websocket_connections_user_connected_at_id;
CREATE INDEX idx_websocket_connections_user_id ON websocket_connections(user_id);
CREATE INDEX idx_websocket_connections_last_ping ON websocket_connections(last_ping_at);
ALTER TABLE websocket_connections DROP COLUMN generation;
ALTER TABLE websocket_connections RESET (fillfactor);
