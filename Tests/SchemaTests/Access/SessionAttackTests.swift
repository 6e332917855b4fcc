import Testing

private let owner = AccessFixture.owner

/// Attempts to get around row-level security with what a session can make or set itself.
@Suite(.serialized) struct SessionAttackTests {
    /// A view belongs to its maker, so it shows the maker's rows.
    @Test func aViewOfYourOwnShowsYourRowsOnly() async throws {
        try await SchemaDatabase.withFixture { database in
            let mine = "CREATE TEMP VIEW everyone AS SELECT * FROM users"
            try await database.expect(.rows(1), "SELECT FROM everyone", as: .owner, setup: mine)
            try await database.expect(.rows(3), "SELECT FROM everyone", as: .admin, setup: mine)
        }
    }

    /// A function that reports what it is shown is shown nothing that the policy hides.
    @Test func aLeakyFunctionSeesYourRowsOnly() async throws {
        let leak = """
            CREATE TEMP TABLE seen (email text);
            CREATE FUNCTION pg_temp.leak(email text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
              AS 'BEGIN INSERT INTO seen VALUES (email); RETURN true; END';
            DO $$ BEGIN PERFORM FROM users WHERE pg_temp.leak(email); END $$;
            """
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.rows(1), "SELECT FROM seen", as: .owner, setup: leak)
            try await database.expect(.rows(3), "SELECT FROM seen", as: .admin, setup: leak)
        }
    }

    /// Functions that write for Miyabi's services, or ask what only services and policies ask, are not yours to call.
    @Test(arguments: [
        "SELECT increment_usage('\(owner)', 'owners', '2025-11', 'tokens', 5)",
        "SELECT increment_agent_execution('\(owner)', 'owners', '2025-11', 'Review')",
        "SELECT record_usage_event(gen_random_uuid(), '\(owner)', 'owners', 'tokens', 5, now())",
        "SELECT count(*) FROM verify_usage()", "SELECT count(*) FROM repair_usage()",
        "SELECT expire_usage_events('2025-12')",
        "SELECT count(*) FROM metering.usage_event_ids",
        "SELECT increment_downloads('owners')",
    ])
    func meteringIsForServices(_ call: String) async throws {
        try await SchemaDatabase.withFixture { database in
            for identity in [Identity.anon, .owner, .other, .admin] {
                try await database.expect(.denied, call, as: identity)
            }
            try await database.expect(.rows(1), call, as: .service)
        }
    }

    /// Everyone may ask about a key; nobody but admins reads the lists behind the answer.
    @Test func everyoneMayAskWhetherALicenceIsRevoked() async throws {
        try await SchemaDatabase.withFixture { database in
            for identity in Identity.allCases {
                let revoked = "SELECT WHERE license_is_revoked('revoked') AND NOT license_is_revoked('key')"
                try await database.expect(.rows(1), revoked, as: identity)
                let lists = try await database.attempt("SELECT FROM revoked_licenses", as: identity)
                #expect(lists.succeeded == [.admin, .service].contains(identity), "\(identity): \(lists)")
            }
            let byLicense = "SELECT WHERE license_is_revoked('key')"
            let revoke = "UPDATE licenses SET revoked = true"
            try await database.expect(.rows(1), byLicense, as: .anon, after: revoke)
        }
    }

    /// What is the owner's to change is not a request's: definitions, rights, policies.
    @Test(arguments: [
        "ALTER TABLE users DISABLE ROW LEVEL SECURITY", "DROP POLICY users_select ON users",
        "CREATE POLICY mine ON users USING (true)", "CREATE TABLE public.mine (id int)",
        "CREATE VIEW public.mine AS SELECT 1 AS one", "CREATE FUNCTION public.mine() RETURNS int RETURN 1",
        "CREATE FUNCTION auth.mine() RETURNS int RETURN 1", "CREATE SCHEMA mine", "TRUNCATE logs",
        "ALTER FUNCTION auth.is_admin() SECURITY INVOKER", "DROP TRIGGER plugins_keep_author_columns ON plugins",
        "ALTER ROLE authenticated BYPASSRLS", "SET LOCAL session_replication_role = replica",
    ])
    func definitionsAreTheOwners(_ statement: String) async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.denied, statement, as: .admin)
        }
    }

    /// A right granted without the right to grant is a warning, and no right.
    @Test func noRightCanBeGrantedToOneself() async throws {
        try await SchemaDatabase.withFixture { database in
            let grant = "GRANT UPDATE ON users TO authenticated"
            try await database.expect(.denied, "UPDATE users SET role = 'admin'", as: .owner, setup: grant)
            try await database.expect(.rows(1), "UPDATE users SET name = 'n'", as: .owner, setup: grant)
        }
    }

    /// Turning row-level security off does not show more: the query fails instead.
    @Test func rowSecurityCannotBeTurnedOff() async throws {
        try await SchemaDatabase.withFixture { database in
            let off = "SET LOCAL row_security = off"
            try await database.expect(.denied, "SELECT FROM users", as: .owner, setup: off)
            try await database.expect(.rows(1), "SELECT FROM users", as: .owner)
        }
    }

    /// Tables, functions and operators of your own, put first in the search path, are not what the owner's functions use.
    @Test func aSearchPathOfYourOwnMisleadsNoFunction() async throws {
        let decoys = """
            CREATE TEMP TABLE users AS SELECT '\(owner)'::uuid AS id, 'admin'::text AS role;
            CREATE TEMP TABLE revoked_licenses AS SELECT 'key'::text AS license_key;
            CREATE FUNCTION pg_temp.always(uuid, uuid) RETURNS boolean RETURN true;
            CREATE OPERATOR pg_temp.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = pg_temp.always);
            SET LOCAL search_path = pg_temp, public, pg_catalog;
            """
        try await SchemaDatabase.withFixture { database in
            let admin = "SELECT WHERE auth.is_admin()"
            try await database.expect(.rows(0), admin, as: .owner, setup: decoys)
            try await database.expect(.rows(1), admin, as: .admin, setup: decoys)
            let revoked = "SELECT WHERE license_is_revoked('key')"
            try await database.expect(.rows(0), revoked, as: .owner, setup: decoys)
            // The decoys do work on a statement of one's own: they are in the way.
            try await database.expect(.rows(1), "SELECT FROM users", as: .other, setup: decoys)
            try await database.expect(.rows(1), "SELECT FROM public.users", as: .owner, setup: decoys)
            // A review's trigger writes to public.plugins, whatever the search path.
            let rate = decoys + "UPDATE public.plugin_reviews SET rating = 1 WHERE user_id = '\(owner)';"
            let rated = "SELECT FROM public.plugins WHERE id = 'owners' AND rating = 1"
            try await database.expect(.rows(1), rated, as: .owner, setup: rate)
        }
    }

    /// A login that is a member of authenticated alone cannot become anyone else.
    @Test func aRoleYouAreNoMemberOfCannotBeSet() async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.withLogin(memberOf: "authenticated") { login in
                try await login.expect(.rows(0), "SET ROLE authenticated")
                for role in ["service_role", "anon", SchemaCluster.owner, "postgres"] {
                    try await login.expect(.denied, "SET ROLE \(role)")
                    try await login.expect(.denied, "SET SESSION AUTHORIZATION \(role)")
                }
                // The author's columns are kept for such a login too, which never sets its role.
                let claims = "SELECT set_config('request.jwt.claims', '\(Identity.owner.claims)', false)"
                try await login.expect(.rows(1), claims)
                let verify = "UPDATE plugins SET verified = true WHERE id = 'owners'"
                try await login.expect(.denied, verify)
                let describe = "UPDATE plugins SET description = 'd' WHERE id = 'owners'"
                try await login.expect(.rows(1), describe)
            }
        }
    }
}
