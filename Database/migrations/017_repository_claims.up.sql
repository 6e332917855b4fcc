-- A user says which repositories are theirs, and says which ids rows have: neither may take anything from anybody.
--
-- * github_repo_id is UNIQUE, and a user may insert a row with any number: whoever was first had the repository, and the next
--   webhook's execution was theirs. Such a row is a claim now, until a service has seen on GitHub that it is true. A verified
--   row takes the place of other people's claims; no agent works on a claim.
-- * owner and name are the user's to change, and agents go by them: a row that is renamed by its user is a claim again.
-- * An import names rows after GitHub's public numbers. A user who inserted a row with such an id made it fail. Ids of rows
--   that users insert are the server's to choose.
--
-- Rows that are there today count as verified: nothing tells which of them are not.

ALTER TABLE repositories ADD COLUMN is_verified BOOLEAN NOT NULL DEFAULT true;

CREATE FUNCTION keep_repository_claims() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF row_security_active('public.repositories') AND NOT pg_has_role(current_user, 'service_role', 'USAGE') THEN
    NEW.is_verified := TG_OP = 'UPDATE' AND OLD.is_verified
      AND (NEW.owner, NEW.name, NEW.full_name) = (OLD.owner, OLD.name, OLD.full_name);
  ELSIF TG_OP = 'INSERT' AND NEW.is_verified THEN
    -- The same user's claim comes true; those of others go, with what hangs on them.
    UPDATE public.repositories SET is_verified = true
    WHERE github_repo_id = NEW.github_repo_id AND user_id = NEW.user_id AND NOT is_verified;
    DELETE FROM public.repositories
    WHERE github_repo_id = NEW.github_repo_id AND user_id <> NEW.user_id AND NOT is_verified;
  END IF;
  RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION keep_repository_claims() FROM PUBLIC;
CREATE TRIGGER repositories_keep_claims BEFORE INSERT OR UPDATE ON repositories
  FOR EACH ROW EXECUTE FUNCTION keep_repository_claims();

ALTER POLICY agent_executions_insert_own ON agent_executions
  WITH CHECK (
    user_id = (select auth.uid())
    AND status = 'pending'
    AND EXISTS (
      SELECT FROM repositories AS repository
      WHERE repository.id = agent_executions.repository_id AND repository.user_id = (select auth.uid())
        AND repository.is_verified
    )
  );

REVOKE INSERT (id) ON plugin_submissions, plugin_reviews, repositories, agent_executions, workflows FROM authenticated;
