-- Web-socket connections that ping often, and LINE messages by their issue.
--
-- * A ping changes last_ping_at and nothing else. As long as an index holds that column, each ping writes a new version of
--   the row and an entry in each of the table's four indexes, and vacuum clears them away again. Without it the new version
--   goes to the same page and no index is touched (a heap-only tuple), if the page has room: hence the fillfactor. What
--   used the index, the sweep of silent connections, reads the table: it holds what is connected now, and nothing else.
-- * A generation tells one life of a connection from the next. It is drawn from one sequence, so that it does not repeat
--   even when the row was removed in between: who still holds an old one can neither ping nor remove the new one.
-- * A user's connections, and an issue's messages, are listed newest first like everything else.

ALTER TABLE websocket_connections SET (fillfactor = 50);
ALTER TABLE websocket_connections ADD COLUMN generation BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY;
DROP INDEX idx_websocket_connections_last_ping;
DROP INDEX idx_websocket_connections_user_id;
CREATE INDEX idx_websocket_connections_user_connected_at_id
  ON websocket_connections (user_id, connected_at DESC, id DESC);

DROP INDEX idx_line_messages_linked_issue;
CREATE INDEX idx_line_messages_issue_created_at_id
  ON line_messages (issue_number, created_at DESC, id DESC) WHERE issue_number IS NOT NULL;
