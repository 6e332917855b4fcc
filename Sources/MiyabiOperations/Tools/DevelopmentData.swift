import MiyabiHome
import MiyabiMigrations
import MiyabiSystem
import Postgres

/// The people, plugins and repositories of `Database/seeds`, to develop and try things with.
public struct DevelopmentData: Sendable {
    /// How many rows of each table are new.
    public struct Summary: Sendable, Equatable, Encodable {
        /// By the table's name; tables without new rows are left out.
        public var inserted: [String: Int]
    }

    private let environment: MiyabiEnvironment

    /// The data for a database that runs.
    public init(_ environment: MiyabiEnvironment) { self.environment = environment }

    /// Inserts what is not there yet, in one transaction; a second time it changes nothing.
    ///
    /// - Parameter evenBesideOthers: Whether the database may be external, or have users of its own.
    /// - Throws: `unusableHome` for such a database, before anything is changed; `PostgresError`.
    public func load(evenBesideOthers: Bool = false) async throws -> Summary {
        if !evenBesideOthers && environment.settings.postgres.url != nil {
            throw Self.refusal("the PostgreSQL in DATABASE_URL is not this home's own")
        }
        let connection = try await PostgresConnection.connect(environment.owner)
        do {
            let summary = try await connection.withTransaction { connection in
                if !evenBesideOthers { try await Self.refuseOthers(on: connection) }
                for seed in Seed.embedded { try await connection.executeScript(seed.sql) }
                let counts = try await connection.query(
                    """
                    SELECT relname::text, n_tup_ins FROM pg_stat_xact_user_tables
                    WHERE schemaname = 'public' AND n_tup_ins > 0
                    """
                ).decode((String, Int).self)
                return Summary(inserted: Dictionary(counts, uniquingKeysWith: +))
            }
            await connection.close()
            return summary
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func refuseOthers(on connection: PostgresConnection) async throws {
        let others = try await connection.query(
            "SELECT EXISTS (SELECT FROM users WHERE email NOT LIKE '%@miyabi.example')"
        ).decode(Bool.self)
        if others.first == true { throw refusal("the database has users of its own") }
    }

    private static func refusal(_ reason: String) -> OperationsError {
        OperationsError(
            .unusableHome, "\(reason): made-up users and plugins do not belong there, and nothing was changed",
            advice: "To insert them all the same: miyabi seed --yes")
    }
}
