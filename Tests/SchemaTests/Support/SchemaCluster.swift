import Postgres
import TestSupport

/// Databases on the shared test cluster that belong to a login like Miyabi's: no superuser, but CREATEROLE and CREATEDB.
enum SchemaCluster {
    /// The login's name.
    static let owner = "schema_owner"
    /// The login's password, on a cluster that only this process knows.
    static let password = "schema"

    /// The owner's configuration for the database `postgres`.
    private static let administration = Task {
        let cluster = try await TestCluster.shared
        try await PostgresConnection.withConnection(to: try cluster.configuration()) { connection in
            try await connection.executeScript(
                "CREATE ROLE \(owner) LOGIN PASSWORD '\(password)' CREATEROLE CREATEDB NOSUPERUSER NOBYPASSRLS")
        }
        return try cluster.configuration().with("user", owner).with("password", password)
    }

    /// Makes a database that the owner owns.
    static func createDatabase(template: String) async throws -> PostgresConfiguration {
        let administration = try await administration.value
        let name = "schema_\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try await PostgresConnection.withConnection(to: administration) { connection in
            _ = try await connection.execute("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
        }
        return try administration.with("dbname", name)
    }

    /// Drops a database that `createDatabase` made.
    static func drop(_ database: PostgresConfiguration) async throws {
        guard let name = database["dbname"] else { return }
        try await PostgresConnection.withConnection(to: try await administration.value) { connection in
            _ = try await connection.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
        }
    }
}
