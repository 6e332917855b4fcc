package import DynamoDB
package import DynamoDBEngine
import Foundation
package import Logging
package import MiyabiDatabase
package import Postgres
import TestSupport

/// Both halves for one test: a database of its own with the schema, and an engine in a directory of its own.
package struct TestPlatform {
    package let database: Database
    package let engine: Engine
    /// The owner's.
    package let configuration: PostgresConfiguration

    package static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// The same relational half with another one beside it.
    package func with(dynamoDB: any DynamoDBAPI, logger: Logger = TestPlatform.logger) -> Database {
        Database(postgres: database.postgres, dynamoDB: dynamoDB, logger: logger)
    }

    /// Every row that an import may touch, as text.
    package func rows() async throws -> [String] {
        try await database.postgres.queryAsOwner(
            """
            SELECT 'web_users ' || w::text FROM web_users w UNION ALL SELECT 'repositories ' || r::text
            FROM repositories r UNION ALL SELECT 'agent_executions ' || e::text FROM agent_executions e ORDER BY 1
            """
        ).decode(String.self)
    }

    /// Every item of MiyabiEvents, the directory included.
    package func items() async throws -> Set<Item> {
        var items: Set<Item> = []
        for try await page in engine.scanPages(ScanInput(tableName: MiyabiTables.events.tableName)) {
            items.formUnion(page.items ?? [])
        }
        return items
    }

    package func count(_ table: String) async throws -> Int {
        let rows = try await database.postgres.queryAsOwner("SELECT count(*) FROM \(identifier: table)").decode(
            Int.self)
        return rows.first ?? -1
    }
}

/// The login that applications use: it may only become others. A test may have it become the superuser, on purpose.
private let application = Task {
    let cluster = try await TestCluster.shared
    try await PostgresConnection.withConnection(to: try cluster.configuration()) { connection in
        try await connection.executeScript(
            """
            CREATE ROLE test_application LOGIN NOINHERIT PASSWORD 'application';
            GRANT postgres, anon, authenticated, authenticated_own, service_role, outbox_relay TO test_application;
            """)
    }
}

extension PostgresPool {
    /// Runs a statement, of any kind, as who owns the tables.
    @discardableResult
    package func executeAsOwner(_ query: PostgresQuery) async throws -> Int {
        try await withTransaction { connection in
            try await connection.executeScript("SET LOCAL ROLE postgres")
            return try await connection.execute(query)
        }
    }

    /// Asks as who owns the tables.
    package func queryAsOwner(_ query: PostgresQuery) async throws -> PostgresRows {
        try await withTransaction { connection in
            try await connection.executeScript("SET LOCAL ROLE postgres")
            return try await connection.query(query)
        }
    }
}

/// A database with the schema, which those of the tests are copies of.
private let schema = Task {
    try await makeTemplate { connection in
        let migrations = RealData.package.appending(path: "Database/migrations")
        let scripts = try FileManager.default.contentsOfDirectory(at: migrations, includingPropertiesForKeys: nil)
            .filter { $0.path.hasSuffix(".up.sql") }.sorted { $0.path < $1.path }
        for script in scripts { try await connection.executeScript(String(contentsOf: script, encoding: .utf8)) }
    }
}

/// Gives `body` both halves and removes them.
package func withPlatform(
    named name: String = #function, _ body: @escaping @Sendable (TestPlatform) async throws -> Void
) async throws {
    try await withDatabase(named: name, copyOf: schema.value) { configuration in
        let directory = FileManager.default.temporaryDirectory.appending(path: "miyabi-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let engine = try Engine.open(Engine.Options(directory: directory.path), logger: TestPlatform.logger)
        try await application.value
        let login = try configuration.with("user", "test_application").with("password", "application")
        var poolConfiguration = PostgresPoolConfiguration(login, maximumConnections: 4)
        poolConfiguration.acquireTimeout = .seconds(120)
        let pool = PostgresPool(poolConfiguration, logger: TestPlatform.logger)
        let result: Result<Void, any Error>
        do {
            try await MiyabiTables.createMissing(on: engine)
            try await body(
                TestPlatform(
                    database: Database(postgres: pool, dynamoDB: engine, logger: TestPlatform.logger), engine: engine,
                    configuration: configuration))
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await pool.close()
        await engine.close()
        try result.get()
    }
}
