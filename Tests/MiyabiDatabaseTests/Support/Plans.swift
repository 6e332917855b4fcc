import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Synchronization
import Testing

/// The plans of the statements that a database runs, as the server itself tells them (auto_explain).
final class Plans: Sendable {
    private let seen = Mutex<[String]>([])

    fileprivate func add(_ notice: PostgresNotice) {
        if notice.message.contains("plan:") { seen.withLock { $0.append(notice.message) } }
    }

    /// Runs something and tells what it ran: one text for all its statements.
    func plan<Result: Sendable>(
        of body: () async throws -> Result
    ) async throws -> (result: Result, text: String, statements: Int) {
        seen.withLock { $0 = [] }
        let result = try await body()
        let plans = seen.withLock { $0 }
        return (result, plans.joined(separator: "\n"), plans.count)
    }

    /// Reads some pages of a listing as the service: each comes out of `index`, in its order or, if it is no order, sorted.
    func expect<Row>(
        _ index: String, sorted: Bool = false, pages: Int = 2, of database: Database,
        at location: SourceLocation = #_sourceLocation,
        list: @Sendable (Relations, PageCursor?) async throws -> Page<Row>
    ) async throws {
        var cursor: PageCursor?
        for _ in 0..<pages {
            let page = try await plan { [cursor] in
                try await database.withSession(as: .service) { try await list($0, cursor) }
            }
            #expect(
                page.text.contains(index) && page.text.contains("Sort") == sorted, "\(page.text)",
                sourceLocation: location)
            cursor = page.result.next
            #expect(cursor != nil, sourceLocation: location)
        }
    }
}

/// Gives `body` a database whose every statement tells its plan.
func withPlans(
    _ configuration: PostgresConfiguration, _ body: (Database, Plans) async throws -> Void
) async throws {
    let plans = Plans()
    var explaining = try configuration.with(
        "options",
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_level=notice"
            + " -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on")
    explaining.noticeHandler = { plans.add($0) }
    let pool = PostgresPool(
        PostgresPoolConfiguration(explaining, maximumConnections: 1), logger: TestPlatform.logger)
    let database = Database(postgres: pool, dynamoDB: MemoryTables(), logger: TestPlatform.logger)
    do {
        try await body(database, plans)
        await pool.close()
    } catch {
        await pool.close()
        throw error
    }
}

/// How many blocks the statement of a plan touched, in memory or not.
func blocks(of plan: String) throws -> Int {
    let buffers = try #require(plan.split(separator: "Limit").last?.firstMatch(of: /Buffers: shared (.*)/)).1
    return buffers.matches(of: /(?:hit|read)=([0-9]+)/).compactMap { Int($0.1) }.reduce(0, +)
}
