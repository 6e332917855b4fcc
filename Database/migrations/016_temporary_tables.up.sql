-- Temporary tables are found before the schema's own, also by whoever borrows the connection next. Nobody but the database's
-- owner makes any from now on, and names are looked for among them last. Both are the owner's to change: another role that runs
-- this is told.

DO $$
DECLARE
  mine RECORD;
BEGIN
  SELECT oid, datdba INTO mine FROM pg_database WHERE datname = current_database();
  IF NOT pg_has_role(mine.datdba, 'USAGE') THEN
    RAISE WARNING 'only the owner of the database % can keep others from making temporary tables', current_database();
    RETURN;
  END IF;
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  -- A path that somebody has chosen for the database stays.
  IF NOT EXISTS (
    SELECT FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setdatabase = mine.oid AND setrole = 0 AND setting LIKE 'search_path=%'
  ) THEN
    EXECUTE format('ALTER DATABASE %I SET search_path = "$user", public, pg_temp', current_database());
  END IF;
END $$;
