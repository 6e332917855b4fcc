import Postgres

extension SchemaDatabase {
    /// Runs `body` on the newest schema with the fixture's rows. The database is used again by later tests: whatever `body`
    /// does, it does in `attempt`, which rolls back.
    nonisolated(nonsending) static func withFixture<R>(
        _ body: nonisolated(nonsending) (SchemaDatabase) async throws -> R
    ) async throws -> R {
        let database = try await FixtureDatabases.shared.borrow()
        // A test that throws may have left something behind: then the database is not given back.
        let result = try await body(database)
        await FixtureDatabases.shared.giveBack(database)
        return result
    }

    /// Runs `body` on the newest schema with the fixture's rows, in a database of its own.
    nonisolated(nonsending) static func withOwnFixture<R>(
        _ body: nonisolated(nonsending) (SchemaDatabase) async throws -> R
    ) async throws -> R {
        try await with(template: try await FixtureDatabases.shared.template(), body)
    }

    /// Runs `body` on an empty schema of `version`, in a database of its own.
    nonisolated(nonsending) static func with<R>(
        version: Int, _ body: nonisolated(nonsending) (SchemaDatabase) async throws -> R
    ) async throws -> R {
        try await with(template: "template0") { database in
            try await database.migrate(to: version)
            return try await body(database)
        }
    }

    private nonisolated(nonsending) static func with<R>(
        template: String, _ body: nonisolated(nonsending) (SchemaDatabase) async throws -> R
    ) async throws -> R {
        let configuration = try await SchemaCluster.createDatabase(template: template)
        let result = try await PostgresConnection.withConnection(to: configuration) { connection in
            try await body(SchemaDatabase(configuration: configuration, connection: connection))
        }
        try await SchemaCluster.drop(configuration)
        return result
    }

    fileprivate func migrate(to version: Int) async throws {
        for migration in MigrationScript.all where migration.version <= version {
            try await transaction(migration.up)
        }
    }
}

/// Copies of one database that holds the newest schema and the fixture, made when they are needed and used again.
private actor FixtureDatabases {
    static let shared = FixtureDatabases()

    private var idle: [SchemaDatabase] = []
    private var making: Task<String, any Error>?

    func borrow() async throws -> SchemaDatabase {
        if let database = idle.popLast() { return database }
        let configuration = try await SchemaCluster.createDatabase(template: try await template())
        return SchemaDatabase(configuration: configuration, connection: try await .connect(configuration))
    }

    func giveBack(_ database: SchemaDatabase) { idle.append(database) }

    /// The name of the database that is copied. Nobody stays connected to it.
    func template() async throws -> String {
        let making = making ?? Task { try await Self.make() }
        self.making = making
        return try await making.value
    }

    private static func make() async throws -> String {
        let configuration = try await SchemaCluster.createDatabase(template: "template0")
        return try await PostgresConnection.withConnection(to: configuration) { connection in
            let database = SchemaDatabase(configuration: configuration, connection: connection)
            try await database.migrate(to: MigrationScript.latest)
            try await database.script(AccessFixture.sql)
            return try await database.strings("SELECT current_database()::text")[0]
        }
    }
}
