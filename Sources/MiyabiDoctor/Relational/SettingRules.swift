import Postgres

/// What the server's settings are compared with: the specification's 4.1, as far as it is known where the server runs.
public struct SettingAdvice: Sendable {
    /// The connections that all application instances may open together.
    public var demandedConnections: Int
    /// The settings for the server's machine, by name, sizes in bytes; empty where nobody knows how large it is.
    public var memory: [String: Int]
    /// More connections than this do not fit into the machine's memory; nil where nobody knows how large it is.
    public var connectionCeiling: Int?
    /// What the numbers above follow from, such as "4096 MiB of this machine".
    public var source: String
    /// How the settings are changed: the embedded server's are made anew at each start.
    public var isEmbedded: Bool

    /// Advice, for a server whose machine may be unknown.
    public init(
        demandedConnections: Int, memory: [String: Int] = [:], connectionCeiling: Int? = nil, source: String = "",
        isEmbedded: Bool = false
    ) {
        self.demandedConnections = demandedConnections
        self.memory = memory
        self.connectionCeiling = connectionCeiling
        self.source = source
        self.isEmbedded = isEmbedded
    }

    fileprivate func mend(_ name: String, _ value: String, needsRestart: Bool = false) -> String {
        if isEmbedded { return "miyabi up --explain-settings  # then set MIYABI_MEMORY_MB, MIYABI_INSTANCES; restart" }
        return "ALTER SYSTEM SET \(name) = '\(value)';  -- "
            + (needsRestart ? "then restart the server" : "then SELECT pg_reload_conf();")
            + "; on RDS in the parameter group"
    }
}

/// Settings that lose data, starve the server or hide what it does.
enum SettingRules {
    static let all = [unsafe, connections, memory, statementsNotCounted]

    /// PostgreSQL's settings by name; sizes in bytes.
    private struct Setting: Decodable {
        var name: String
        var setting: String
        var bytes: Int?
    }

    private static func settings(_ names: [String], _ patient: PostgresPatient) async throws -> [String: Setting] {
        let rows = try await patient.reading { connection in
            try await connection.query(
                """
                SELECT name, setting, CASE unit WHEN '8kB' THEN 8192 WHEN 'kB' THEN 1024 WHEN 'MB' THEN 1048576
                  WHEN 'B' THEN 1 END * setting::bigint AS bytes
                FROM (SELECT name, setting, unit, vartype FROM pg_settings WHERE name = ANY (\(names))) AS s
                WHERE vartype = 'integer'
                UNION ALL
                SELECT name, setting, NULL FROM pg_settings WHERE name = ANY (\(names)) AND vartype <> 'integer'
                """)
        }
        let found = try rows.map { try $0.decode(as: Setting.self) }
        return Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let unsafe = PostgresRule(
        "unsafe-setting", .error,
        """
        A setting that gives up data for speed: fsync or full_page_writes off can ruin the database in a power cut (an \
        error), synchronous_commit off loses the last transactions (a warning).
        """
    ) { rule, patient in
        let found = try await settings(["fsync", "full_page_writes", "synchronous_commit"], patient)
        return Look(
            ["fsync", "full_page_writes", "synchronous_commit"].filter { found[$0]?.setting == "off" }.map { name in
                rule.finding(
                    name == "synchronous_commit" ? .warning : .error, "setting \(name)",
                    name == "synchronous_commit"
                        ? "synchronous_commit is off: a crash loses what was committed last"
                        : "\(name) is off: a power cut can ruin the database",
                    ["setting": .text("off")], mend: "ALTER SYSTEM SET \(name) = on; SELECT pg_reload_conf();")
            })
    }

    private static let connections = PostgresRule(
        "connection-limit", .warning,
        """
        The applications' pools together want more connections than the server gives (the specification's 4.1), or the \
        server gives more than its memory holds.
        """
    ) { rule, patient in
        let found = try await settings(["max_connections", "superuser_reserved_connections"], patient)
        guard let limit = found["max_connections"].flatMap({ Int($0.setting) }) else { return Look() }
        let reserved = found["superuser_reserved_connections"].flatMap { Int($0.setting) } ?? 3
        let advice = patient.advice
        var look = Look()
        if advice.demandedConnections > limit - reserved {
            look.findings.append(
                rule.finding(
                    "setting max_connections",
                    "the pools may open \(advice.demandedConnections) connections, the server gives \(limit - reserved)",
                    ["demanded": .integer(advice.demandedConnections), "given": .integer(limit - reserved)],
                    mend: "export DB_MAX_CONNECTIONS=…  # for each of the MIYABI_INSTANCES; or "
                        + advice.mend(
                            "max_connections", "\(advice.demandedConnections + reserved + 10)", needsRestart: true)))
        }
        if let ceiling = advice.connectionCeiling, limit > ceiling {
            look.findings.append(
                rule.finding(
                    "setting max_connections",
                    "max_connections is \(limit), and \(advice.source) holds about \(ceiling) connections",
                    ["max_connections": .integer(limit), "ceiling": .integer(ceiling)],
                    mend: advice.mend("max_connections", "\(ceiling)", needsRestart: true)))
        }
        return look
    }

    private static let memory = PostgresRule(
        "memory-setting", .advice,
        "A setting of memory is less than half or more than twice what the specification's 4.1 gives a machine of this size."
    ) { rule, patient in
        let advice = patient.advice
        guard !advice.memory.isEmpty else {
            throw CannotLook("nobody knows the memory of the server's machine; say it in MIYABI_MEMORY_MB")
        }
        let found = try await settings(Array(advice.memory.keys), patient)
        return Look(
            advice.memory.sorted { $0.key < $1.key }.compactMap { name, wanted in
                guard let bytes = found[name]?.bytes, bytes < wanted / 2 || bytes > wanted * 2 else { return nil }
                return rule.finding(
                    "setting \(name)",
                    "\(name) is \(bytes >> 20) MB; for \(advice.source) \(wanted >> 20) MB are advised",
                    ["bytes": .integer(bytes), "advised_bytes": .integer(wanted)],
                    mend: advice.mend(name, "\(wanted >> 20)MB", needsRestart: name == "shared_buffers"))
            })
    }

    private static let statementsNotCounted = PostgresRule(
        "statements-not-counted", .advice,
        "pg_stat_statements is not there: nobody can tell which statements take the time, neither this doctor."
    ) { rule, patient in
        guard try await Statements.schema(patient) == nil else { return Look() }
        return Look([
            rule.finding(
                "extension pg_stat_statements", "the extension pg_stat_statements is not installed in this database",
                mend: "CREATE EXTENSION pg_stat_statements;  -- and shared_preload_libraries = 'pg_stat_statements'")
        ])
    }
}
