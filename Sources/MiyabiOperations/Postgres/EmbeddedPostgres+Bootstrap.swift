import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

extension EmbeddedPostgres {
    /// Makes, as superuser, what the owner's role may not make for itself: that role, its database, `service_role` with
    /// BYPASSRLS, and pg_stat_statements. Does what is missing and nothing else, so it runs on every start.
    func bootstrap(logger: Logger) async throws(OperationsError) {
        do {
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: "postgres"), logger: logger
            ) { connection in
                try await makeOwner(connection)
                try await makeDatabase(connection)
            }
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: MiyabiHome.database), logger: logger
            ) { connection in
                try await connection.executeScript(
                    """
                    SET client_min_messages = warning;
                    CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
                    GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO \(MiyabiHome.ownerRole);
                    """)
            }
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.postgres, "cannot set up the roles and the database: \(error)")
        }
    }

    private func makeOwner(_ connection: PostgresConnection) async throws {
        let file = cluster.home.ownerPassword
        let known = file.password
        let password = known ?? RandomSecret.password()
        // The file is first: a role whose password nobody has would be the worse half.
        try file.write(password: password, port: port, socketDirectory: cluster.location.socketDirectory)

        let roles = try await connection.query(
            "SELECT rolname::text FROM pg_roles WHERE rolname IN ('miyabi', 'service_role')"
        ).map { try $0.decode(String.self) }
        if !roles.contains(MiyabiHome.ownerRole) || known == nil {
            // Only a verifier is sent: no password in a statement, whatever the server is set to log or count.
            let verb = roles.contains(MiyabiHome.ownerRole) ? "ALTER" : "CREATE"
            try await connection.executeScript(
                "\(verb) ROLE \(MiyabiHome.ownerRole) LOGIN CREATEROLE CREATEDB PASSWORD '\(SCRAMVerifier.make(password: password))'"
            )
        }
        if !roles.contains("service_role") {
            try await connection.executeScript("CREATE ROLE service_role NOLOGIN BYPASSRLS")
        }
        try await connection.executeScript(
            """
            SET client_min_messages = warning;
            GRANT service_role TO \(MiyabiHome.ownerRole) WITH ADMIN OPTION;
            GRANT pg_monitor, pg_signal_backend TO \(MiyabiHome.ownerRole);
            """)
    }

    private func makeDatabase(_ connection: PostgresConnection) async throws {
        let found = try await connection.query("SELECT 1 FROM pg_database WHERE datname = \(MiyabiHome.database)")
        guard found.isEmpty else { return }
        try await connection.executeScript("CREATE DATABASE \(MiyabiHome.database) OWNER \(MiyabiHome.ownerRole)")
    }
}
