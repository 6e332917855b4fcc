-- Back to version 9. It refuses while changes wait: nothing would ever tell DynamoDB of them.

LOCK TABLE agent_executions IN SHARE ROW EXCLUSIVE MODE;

DO $$
BEGIN
  IF EXISTS (SELECT FROM outbox.changes) THEN
    RAISE EXCEPTION 'changes of executions wait in the outbox: version 9 would never relay them'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
END;
$$;

DROP TRIGGER agent_executions_outbox_status ON agent_executions;
DROP TRIGGER agent_executions_outbox_insert ON agent_executions;
DROP FUNCTION outbox.note_execution();
DROP TABLE outbox.changes;
DROP SCHEMA outbox;
