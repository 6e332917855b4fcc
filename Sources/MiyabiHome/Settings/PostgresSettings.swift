import MiyabiSystem
import Postgres

/// The PostgreSQL half, as the specification's section 4.1 names it.
public struct PostgresSettings: Sendable {
    /// `DATABASE_URL`, where it is set: an external database.
    public var url: Secret<String>?
    /// `DATABASE_REPLICA_URL`: a replica of the external database, for reads.
    public var replicaURL: Secret<String>?
    /// `MIGRATION_DATABASE_URL`: the external database as the login that owns the schema, which migrates. Without it
    /// ``url`` is that login, too.
    public var migrationURL: Secret<String>?
    /// `DB_MAX_CONNECTIONS`: connections in one instance's pool, 1 to 10,000; 20.
    public var maxConnections: Int
    /// `DB_MIN_CONNECTIONS`: connections kept open, 0 to `maxConnections`; 5, or less where the maximum is.
    public var minConnections: Int
    /// `DB_CONNECT_TIMEOUT`: for opening a connection, 1 to 3,600 s; 10.
    public var connectTimeout: Duration
    /// `DB_ACQUIRE_TIMEOUT`: for getting a connection from the pool, 1 to 3,600 s; 5.
    public var acquireTimeout: Duration
    /// `DB_IDLE_TIMEOUT`: after which an unused connection is closed, 0 (never) to 86,400 s; 600.
    public var idleTimeout: Duration
    /// `DB_MAX_LIFETIME`: after which a connection is closed, 0 (never) to 604,800 s; 1800.
    public var maxLifetime: Duration
    /// `DB_TEST_BEFORE_ACQUIRE`: whether the pool checks a connection before it gives it out; true.
    public var testBeforeAcquire: Bool

    /// `DB_STATEMENT_CACHE`: statements that a connection keeps prepared, 0 (none, as behind a pooler in transaction mode) to
    /// 10,000; 256.
    public var statementCache: Int

    init(_ reader: VariableReader) throws(OperationsError) {
        url = try Self.url(.databaseURL, reader)
        replicaURL = try Self.url(.databaseReplicaURL, reader)
        guard replicaURL == nil || url != nil else {
            throw reader.invalid(.databaseReplicaURL, allowed: "set together with DATABASE_URL, the primary's address")
        }
        migrationURL = try Self.url(.migrationDatabaseURL, reader)
        guard migrationURL == nil || url != nil || OwnAddresses.isEmbedded(migrationURL?.exposed) else {
            throw reader.invalid(
                .migrationDatabaseURL, allowed: "set together with DATABASE_URL, the applications' login")
        }
        maxConnections = try reader.integer(.maxConnections, in: 1...10_000) ?? 20
        minConnections = try reader.integer(.minConnections, in: 0...10_000) ?? min(5, maxConnections)
        guard minConnections <= maxConnections else {
            throw reader.invalid(.minConnections, allowed: "at most DB_MAX_CONNECTIONS, which is \(maxConnections)")
        }
        connectTimeout = try reader.seconds(.connectTimeout, in: 1...3600, default: 10)
        acquireTimeout = try reader.seconds(.acquireTimeout, in: 1...3600, default: 5)
        idleTimeout = try reader.seconds(.idleTimeout, in: 0...86_400, default: 600)
        maxLifetime = try reader.seconds(.maxLifetime, in: 0...604_800, default: 1800)
        testBeforeAcquire = try reader.boolean(.testBeforeAcquire, default: true)
        statementCache = try reader.integer(.statementCache, in: 0...10_000) ?? 256
    }

    private static func url(
        _ variable: Variable, _ reader: VariableReader
    ) throws(OperationsError) -> Secret<String>? {
        guard let text = reader.string(variable) else { return nil }
        let configuration: PostgresConfiguration
        do { configuration = try PostgresConfiguration(text) } catch {
            throw reader.invalid(
                variable,
                allowed: "what libpq takes, such as postgresql://user:password@host:5432/database (\(error))")
        }
        // "engine:key": OpenSSL loads the engine, which is a library, and a path is allowed.
        if configuration["sslkey"]?.contains(":") == true, reader.isFromFile(variable) {
            throw reader.refusal(variable, "its sslkey, which names an OpenSSL engine to load,")
        }
        return Secret(text)
    }
}

/// A value that is never shown: not in a description, a dump, a log or an error.
public struct Secret<Value: Sendable & Equatable>: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The value itself; whoever reads it takes care of it.
    public let exposed: Value

    /// Hides a value.
    public init(_ value: Value) { exposed = value }

    /// Always `***`.
    public var description: String { "***" }
    /// Shows nothing, so that `dump` is safe.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
