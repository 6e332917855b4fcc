-- Back to repositories that belong to whoever was first. Refused as long as there are claims, which would count as true.

DO $$
BEGIN
  IF EXISTS (SELECT FROM repositories WHERE NOT is_verified) THEN
    RAISE EXCEPTION 'some repositories are claims that nobody has verified'
      USING ERRCODE = 'object_not_in_prerequisite_state',
        HINT = 'Delete them, or set is_verified, then revert again: SELECT * FROM repositories WHERE NOT is_verified.';
  END IF;
END;
$$;

GRANT INSERT (id) ON plugin_submissions, plugin_reviews, repositories, agent_executions, workflows TO authenticated;

ALTER POLICY agent_executions_insert_own ON agent_executions
  WITH CHECK (
    user_id = (select auth.uid())
    AND status = 'pending'
    AND EXISTS (
      SELECT FROM repositories AS repository
      WHERE repository.id = agent_executions.repository_id AND repository.user_id = (select auth.uid())
    )
  );

DROP TRIGGER repositories_keep_claims ON repositories;
DROP FUNCTION keep_repository_claims();
ALTER TABLE repositories DROP COLUMN is_verified;
