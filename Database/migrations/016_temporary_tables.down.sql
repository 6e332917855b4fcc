-- Back to temporary tables for everybody.

DO $$
DECLARE
  mine RECORD;
BEGIN
  SELECT oid, datdba INTO mine FROM pg_database WHERE datname = current_database();
  IF NOT pg_has_role(mine.datdba, 'USAGE') THEN
    RETURN;
  END IF;
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
  IF EXISTS (
    SELECT FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setdatabase = mine.oid AND setrole = 0 AND setting = 'search_path="$user", public, pg_temp'
  ) THEN
    EXECUTE format('ALTER DATABASE %I RESET search_path', current_database());
  END IF;
END $$;
