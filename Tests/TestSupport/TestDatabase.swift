public import Postgres

/// Gives `body` a database of its own on the shared cluster, named after the test, and drops it afterwards, whoever is
/// still connected to it.
/// - Parameters:
///   - name: by default the name of the calling function.
///   - template: the database that it is a copy of, such as `makeTemplate` makes.
public nonisolated(nonsending) func withDatabase<R>(
    named name: String = #function, copyOf template: String = "template0",
    _ body: nonisolated(nonsending) (PostgresConfiguration) async throws -> R
) async throws -> R {
    let cluster = try await TestCluster.shared
    let database = uniqueDatabaseName(name)
    try await create(database, copyOf: template, cluster)
    do {
        let value = try await body(try cluster.configuration(database: database))
        try await drop(database, cluster)
        return value
    } catch {
        try await drop(database, cluster)
        throw error
    }
}

/// Makes a database that others are copies of. It lasts as long as the cluster.
public nonisolated(nonsending) func makeTemplate(
    _ fill: nonisolated(nonsending) (PostgresConnection) async throws -> Void
) async throws -> String {
    let cluster = try await TestCluster.shared
    let database = uniqueDatabaseName("template")
    try await create(database, copyOf: "template0", cluster)
    let connection = try await PostgresConnection.connect(try cluster.configuration(database: database))
    try await fill(connection)
    await connection.close()
    return database
}

/// As `withDatabase`, with a connection to the database.
public nonisolated(nonsending) func withTestConnection<R>(
    named name: String = #function,
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
) async throws -> R {
    try await withDatabase(named: name) { configuration in
        try await PostgresConnection.withConnection(to: configuration, body)
    }
}

private func uniqueDatabaseName(_ test: String) -> String {
    let letters = test.lowercased().prefix { $0 != "(" }.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    // Parameterised tests run several times at once.
    return "t_\(String(letters.prefix(45)))_\(String(UInt32.random(in: .min ... .max), radix: 36))"
}

private nonisolated(nonsending) func create(
    _ database: String, copyOf template: String, _ cluster: TestCluster
) async throws {
    let (name, original) = (PostgresIdentifier.quote(database), PostgresIdentifier.quote(template))
    try await administer(cluster, "CREATE DATABASE \(name) TEMPLATE \(original)")
}

/// In a task of its own, so that a cancelled test cleans up too.
private nonisolated(nonsending) func drop(_ database: String, _ cluster: TestCluster) async throws {
    try await Task {
        try await administer(cluster, "DROP DATABASE IF EXISTS \(PostgresIdentifier.quote(database)) WITH (FORCE)")
    }.value
}

private nonisolated(nonsending) func administer(_ cluster: TestCluster, _ sql: String) async throws {
    let connection = try await PostgresConnection.connect(try cluster.configuration())
    do {
        try await connection.execute(PostgresQuery(unsafeSQL: sql))
        await connection.close()
    } catch {
        await connection.close()
        throw error
    }
}
