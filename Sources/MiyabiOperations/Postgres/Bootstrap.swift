import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

extension EmbeddedPostgres {
    /// Makes, as superuser, what the logins may not make for themselves: them, the database, the roles that sessions
    /// become, and pg_stat_statements; and takes away what PostgreSQL gives to everybody. Does what is missing and nothing
    /// else, so it runs on every start, and homes of earlier versions get it with their next one.
    func bootstrap(logger: Logger) async throws(OperationsError) {
        do {
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: "postgres"), logger: logger
            ) { connection in
                for login in DatabaseLogin.allCases { try await makeLogin(login, connection) }
                try await makeSessionRoles(connection)
                try await limit(connection)
                try await makeDatabase(connection)
            }
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: MiyabiHome.database), logger: logger
            ) { connection in
                try await connection.executeScript(Self.databaseScript)
            }
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.postgres, "cannot set up the roles and the database: \(error)")
        }
    }

    private func makeLogin(_ login: DatabaseLogin, _ connection: PostgresConnection) async throws {
        let file = cluster.home.password(of: login)
        let known = try file.password()
        let password = known ?? RandomSecret.password()
        // The file is first: a role whose password nobody has would be the worse half.
        try file.write(
            password: password, port: port, socketDirectory: cluster.location.socketDirectory, host: transport.tls?.host
        )

        let exists = try await !connection.query("SELECT 1 FROM pg_roles WHERE rolname = \(login.role)").isEmpty
        if !exists || known == nil {
            // Only a verifier is sent: no password in a statement, whatever the server is set to log or count.
            let verifier = SCRAMVerifier.make(password: password)
            try await connection.executeScript(
                "\(exists ? "ALTER" : "CREATE") ROLE \(login.role) LOGIN PASSWORD '\(verifier)'")
        }
        // CREATEROLE, which earlier versions gave the owner, lets a login of PostgreSQL 15 make itself a member of
        // pg_execute_server_program, and so run commands as the server's account.
        try await connection.executeScript(
            "ALTER ROLE \(login.role) NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS \(login.attributes)")
        let memberships = login.memberships + (login == .monitor ? [] : Self.sessionRoles.map(\.name))
        let others = try await connection.query(
            """
            SELECT roleid::regrole::text FROM pg_auth_members
            WHERE member = \(login.role)::regrole AND roleid::regrole::text <> ALL (\(memberships))
            """
        ).decode(String.self)
        for role in others { try await connection.executeScript("REVOKE \(role) FROM \(login.role)") }
        try await connection.executeScript(
            "SET client_min_messages = warning;"
                + login.memberships.map { "GRANT \($0) TO \(login.role);" }.joined())
    }

    /// The roles that sessions become, as migrations 002, 019 and 025 make them where nobody has before.
    private static let sessionRoles = [
        (name: "anon", attributes: ""), (name: "authenticated", attributes: ""),
        (name: "authenticated_own", attributes: ""), (name: "service_role", attributes: "BYPASSRLS"),
        (name: "outbox_relay", attributes: ""),
    ]

    /// The owner and the application may become them, and give them to nobody.
    private func makeSessionRoles(_ connection: PostgresConnection) async throws {
        let roles = try await connection.query("SELECT rolname::text FROM pg_roles").map { try $0.decode(String.self) }
        for (name, attributes) in Self.sessionRoles where !roles.contains(name) {
            try await connection.executeScript("CREATE ROLE \(name) NOLOGIN \(attributes)")
        }
        let names = Self.sessionRoles.map(\.name).joined(separator: ", ")
        let logins = [DatabaseLogin.owner, .application].map(\.role).joined(separator: ", ")
        try await connection.executeScript(
            """
            SET client_min_messages = warning;
            GRANT authenticated TO authenticated_own;
            GRANT \(names) TO \(logins);
            REVOKE ADMIN OPTION FOR \(names) FROM \(logins);
            """)
    }

    /// What a login's sessions are bound by. `SET ROLE` brings no settings of the role along, so they are the login's;
    /// the data layer's sessions set narrower ones for people. A value that the superuser has chosen stays.
    private func limit(_ connection: PostgresConnection) async throws {
        for login in DatabaseLogin.allCases {
            let chosen = try await connection.query(
                "SELECT unnest(rolconfig) FROM pg_roles WHERE rolname = \(login.role)"
            ).decode(String.self).compactMap { $0.split(separator: "=").first.map(String.init) }
            for (name, value) in login.limits where !chosen.contains(name) {
                try await connection.executeScript("ALTER ROLE \(login.role) SET \(name) = '\(value)'")
            }
        }
    }

    private func makeDatabase(_ connection: PostgresConnection) async throws {
        let found = try await connection.query("SELECT 1 FROM pg_database WHERE datname = \(MiyabiHome.database)")
        guard found.isEmpty else { return }
        try await connection.executeScript(
            "CREATE DATABASE \(MiyabiHome.database) OWNER \(DatabaseLogin.owner.role)")
    }

    /// Large objects have owners and no policies, and anybody may fill the disk with them: they are the owner's alone.
    /// pg_stat_statements is for who watches the server.
    private static let databaseScript = """
        SET client_min_messages = warning;
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        REVOKE ALL ON pg_stat_statements, pg_stat_statements_info FROM PUBLIC;
        GRANT SELECT ON pg_stat_statements, pg_stat_statements_info TO pg_monitor;
        GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO \(DatabaseLogin.owner.role);
        REVOKE TEMPORARY ON DATABASE \(MiyabiHome.database) FROM PUBLIC;
        DO $$
        DECLARE
          v_function regprocedure;
        BEGIN
          FOR v_function IN
            SELECT oid FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace
              AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))
              AND EXISTS (
                SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
          LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO \(DatabaseLogin.owner.role)', v_function);
          END LOOP;
        END $$;
        """
}

extension DatabaseLogin {
    /// What it is, beside what no login is.
    fileprivate var attributes: String {
        switch self {
        case .owner: "CREATEDB INHERIT"
        case .application: "NOCREATEDB NOINHERIT"
        case .monitor: "NOCREATEDB INHERIT CONNECTION LIMIT 5"
        }
    }

    /// What it is a member of, beside the roles that sessions become. The owner waits for other sessions' locks, says for
    /// which, and drops databases with sessions in them.
    fileprivate var memberships: [String] {
        switch self {
        case .owner: ["pg_monitor", "pg_signal_backend"]
        case .application: []
        case .monitor: ["pg_monitor"]
        }
    }

    /// What its sessions are bound by. `temp_file_limit` is the superuser's to change; the others a session may set for
    /// itself, as long work of services does.
    fileprivate var limits: [(name: String, value: String)] {
        switch self {
        case .owner: []
        case .application:
            [
                ("statement_timeout", "5min"), ("idle_in_transaction_session_timeout", "5min"),
                ("lock_timeout", "1min"), ("temp_file_limit", "2GB"),
            ]
        case .monitor:
            [
                ("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "30s"),
                ("lock_timeout", "5s"), ("temp_file_limit", "256MB"), ("default_transaction_read_only", "on"),
            ]
        }
    }
}
