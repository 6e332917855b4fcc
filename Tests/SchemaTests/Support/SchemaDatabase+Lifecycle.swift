import Postgres

extension SchemaDatabase {
    /// Runs `body` on the newest schema with the fixture's rows. The database is shared with later tests: whatever `body`
    /// does, it does in `attempt`, which rolls back.
    static func withFixture<R: Sendable>(_ body: (SchemaDatabase) async throws -> R) async throws -> R {
        let database = try await FixtureDatabases.shared.borrow()
        // A test that fails may have left something behind: then the database is not given back.
        let result = try await body(database)
        await FixtureDatabases.shared.giveBack(database)
        return result
    }

    /// Runs `body` on the newest schema with the fixture's rows, in a database of its own.
    static func withOwnFixture<R: Sendable>(_ body: (SchemaDatabase) async throws -> R) async throws -> R {
        let configuration = try await FixtureDatabases.shared.create()
        return try await PostgresConnection.with(configuration) { connection in
            try await body(SchemaDatabase(configuration: configuration, connection: connection))
        }
    }

    /// Runs `body` on an empty schema of `version`, in a database of its own.
    static func with<R: Sendable>(version: Int, _ body: (SchemaDatabase) async throws -> R) async throws -> R {
        let configuration = try await SchemaCluster.createDatabase(template: "template0")
        return try await PostgresConnection.with(configuration) { connection in
            let database = SchemaDatabase(configuration: configuration, connection: connection)
            for migration in MigrationScript.all where migration.version <= version {
                try await database.transaction(migration.up)
            }
            return try await body(database)
        }
    }
}

/// Copies of one database that holds the newest schema and the fixture, made when they are needed and used again.
private actor FixtureDatabases {
    static let shared = FixtureDatabases()

    private var idle: [SchemaDatabase] = []
    private var template: Task<String, any Error>?

    func borrow() async throws -> SchemaDatabase {
        if let database = idle.popLast() { return database }
        let configuration = try await create()
        return SchemaDatabase(configuration: configuration, connection: try await .connect(configuration))
    }

    func giveBack(_ database: SchemaDatabase) { idle.append(database) }

    func create() async throws -> PostgresConfiguration {
        let making =
            template
            ?? Task {
                try await SchemaDatabase.with(version: MigrationScript.latest) { database in
                    try await database.script(AccessFixture.sql)
                    return try await database.strings("SELECT current_database()::text")[0]
                }
            }
        template = making
        return try await SchemaCluster.createDatabase(template: try await making.value)
    }
}
