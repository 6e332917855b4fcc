import Logging
import Postgres

/// A rule for PostgreSQL, and how it looks.
struct PostgresRule: Sendable {
    let rule: Rule
    let look: @Sendable (Rule, PostgresPatient) async throws -> Look

    init(
        _ name: String, _ level: Level, _ meaning: String,
        look: @escaping @Sendable (Rule, PostgresPatient) async throws -> Look
    ) {
        rule = Rule(name, .postgres, level, meaning)
        self.look = look
    }

    /// A rule that is one query: see ``PostgresPatient/findings(_:_:)``.
    init(
        _ name: String, _ level: Level, _ meaning: String,
        query: @escaping @Sendable (Thresholds) -> PostgresQuery
    ) {
        self.init(name, level, meaning) { rule, patient in try await patient.findings(rule, query(patient.thresholds)) }
    }
}

/// A PostgreSQL that is looked at: one connection, transactions that only read, and bounds for each.
struct PostgresPatient: Sendable {
    let connection: PostgresConnection
    let thresholds: Thresholds
    /// What the settings are compared with.
    let advice: SettingAdvice

    /// At most so many findings of one rule are told.
    static let most = 50

    /// Runs `body` in a transaction of its own that only reads, that no lock holds up and that no table of any size makes
    /// long.
    ///
    /// - Parameter plain: Whether names resolve to the catalogue only, and are written with their schemas.
    func reading<R: Sendable>(
        plain: Bool = true, _ body: @Sendable (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await connection.withTransaction { connection in
            // SET LOCAL: behind a pooler the session is somebody else's afterwards.
            try await connection.executeScript(
                """
                SET TRANSACTION READ ONLY;
                SET LOCAL statement_timeout = '5s';
                SET LOCAL lock_timeout = '500ms';
                SET LOCAL jit = off;
                \(plain ? "SET LOCAL search_path = '';" : "")
                """)
            return try await body(connection)
        }
    }

    private struct Row: Decodable {
        var object: String
        var level: String?
        var message: String
        var evidence: [String: Evidence]
        var mend: String
    }

    /// The findings that a query tells, worst first: a row with the columns `object`, `level` (NULL for the rule's),
    /// `message`, `evidence` (jsonb) and `mend` each.
    func findings(_ rule: Rule, _ query: PostgresQuery) async throws -> Look {
        let bounded = query.limited(to: Self.most + 1)
        let rows = try await reading { try await $0.query(bounded) }
        var look = Look(
            try rows.prefix(Self.most).map { row in
                let row = try row.decode(as: Row.self)
                return rule.finding(
                    row.level.flatMap { Level(rawValue: $0) } ?? rule.level, row.object, row.message,
                    // What is NULL is not known, and is left out.
                    row.evidence.filter { $0.value != .text("") }, mend: row.mend)
            })
        if rows.count > Self.most {
            look.unseen.append("only the first \(Self.most) findings are shown; there are more")
        }
        return look
    }
}

extension PostgresQuery {
    fileprivate func limited(to count: Int) -> PostgresQuery {
        var query = self
        query.append(unsafeSQL: "\nLIMIT \(count)")
        return query
    }
}

/// Pieces of the rules' queries.
enum Catalogue {
    /// Of `pg_class` c and `pg_namespace` n: what users have made, not PostgreSQL and not an extension.
    static let usersOwn = """
        n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
          SELECT FROM pg_depend AS made WHERE made.classid = 'pg_class'::regclass AND made.objid = c.oid
            AND made.deptype = 'e')
        """

    /// Of `pg_class` c: whether autovacuum passes the table over.
    static let isLeftOut = """
        (current_setting('autovacuum') = 'off' OR current_setting('track_counts') = 'off' OR EXISTS (
          SELECT FROM unnest(c.reloptions) AS option WHERE option IN ('autovacuum_enabled=false', 'autovacuum_enabled=off')))
        """

    /// Of `pg_class` c: a number that the table may set for itself.
    static func setting(_ name: String) -> String {
        """
        coalesce((SELECT substring(option from '=(.*)') FROM unnest(c.reloptions) AS option WHERE option LIKE '\(name)=%'),
          current_setting('\(name)'))::float8
        """
    }
}
