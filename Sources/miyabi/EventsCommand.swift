import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi events`: what happened, by user, repository or type.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "List events of a user, a repository or a type.",
        discussion: """
            Times are ISO 8601 (2025-11-29, 2025-11-29T10:30:00+09:00) or how long ago (90s, 30m, 24h, 7d). When there \
            are more events than --limit, the cursor for the next ones is printed on standard error.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "The id of a row of web_users, or a GitHub login.")
    var user: String?

    @Option(help: "The id of a row of repositories, or owner/name.")
    var repository: String?

    @Option(help: "agent_execution, usage_event or webhook.")
    var type: String?

    @Option(help: "The first moment that counts; by default the beginning.")
    var since: String?

    @Option(help: "The first moment that no longer counts; by default none.")
    var until: String?

    @Option(help: "How many events at most.")
    var limit = 50

    @Flag(help: "List the newest events first.")
    var newestFirst = false

    @Option(help: "Go on where an earlier listing of the same user, repository or type and order stopped.")
    var cursor: String?

    func validate() throws {
        guard [user, repository, type].compactMap({ $0 }).count == 1 else {
            throw ValidationError("Name one of --user, --repository and --type.")
        }
        guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        if let type { _ = try eventType(type) }
        let period = (try moment(since, "--since"), try moment(until, "--until"))
        if let first = period.0, let end = period.1, first >= end {
            throw ValidationError("--since must be before --until.")
        }
        _ = try start()
    }

    func run() async throws {
        try await MiyabiEnvironment.withConnection(home: global.home) { try await list($0.database) }
    }

    private func list(_ database: Database) async throws {
        let period = (try moment(since, "--since"), try moment(until, "--until"))
        let listing = try await listing(database)
        var table = EventTable()
        var next = try start()
        var rest = limit
        repeat {
            var pages = try listing(period.0, period.1, min(rest, 1000), next).makeAsyncIterator()
            guard let page = try await pages.next() else { break }
            if global.json {
                for event in page.events { try Console.result(event.json) }
            } else {
                try Console.result(try await table.text(page.events, naming: database))
            }
            rest -= page.events.count
            next = page.next
        } while next != nil && rest > 0
        if let next {
            Console.error("There are more: --cursor \(next)")
        } else if rest == limit {
            Console.error("no events")
        }
    }

    private typealias Listing = (Timestamp?, Timestamp?, Int, EventCursor?) throws -> EventPages

    /// The listing that was asked for, with names looked up.
    private func listing(_ database: Database) async throws -> Listing {
        let events = database.events
        let order: EventOrder = newestFirst ? .newestFirst : .oldestFirst
        if let user {
            let id = try await database.withReadOnlySession(as: .service) { try await $0.webUserID(named: user) }
            return { try events.events(user: id, since: $0, until: $1, order: order, pageSize: $2, after: $3) }
        }
        if let repository {
            let id = try await database.withReadOnlySession(as: .service) {
                try await $0.repositoryID(named: repository)
            }
            return { try events.events(repository: id, since: $0, until: $1, order: order, pageSize: $2, after: $3) }
        }
        let type = try eventType(type ?? "")
        return { try events.events(type: type, since: $0, until: $1, order: order, pageSize: $2, after: $3) }
    }

    private func eventType(_ name: String) throws -> EventType {
        do { return try EventType(named: name) } catch { throw ValidationError(error.description) }
    }

    private func moment(_ text: String?, _ option: String) throws -> Timestamp? {
        guard let text else { return nil }
        guard let moment = Timestamp(bound: text, now: .now()) else {
            throw ValidationError(
                "\(option): \(text.debugDescription) is neither a time (2025-11-29, 2025-11-29T10:30:00Z) nor how long "
                    + "ago (90s, 30m, 24h, 7d).")
        }
        return moment
    }

    private func start() throws -> EventCursor? {
        guard let cursor else { return nil }
        guard let start = EventCursor(cursor) else { throw ValidationError("--cursor: that is no cursor.") }
        return start
    }
}
