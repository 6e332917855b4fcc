import ArgumentParser
import DynamoDB
import MiyabiDatabase
import MiyabiOperations

/// `miyabi events`: what happened, by user, repository or type.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "List events of a user, a repository or a type.",
        discussion: """
            When there are more events than --limit, standard error says how to list the next ones.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "List the events of this user: an id in web_users, or a GitHub login.")
    var user: String?

    @Option(help: "List the events of this repository: an id in repositories, or owner/name.")
    var repository: String?

    @Option(help: "List the events of this type: agent_execution, usage_event or webhook.")
    var type: String?

    @Option(help: ArgumentHelp("Only events from this time on.", discussion: Moment.forms), transform: Moment.past)
    var since: Timestamp?

    @Option(help: "Only events before this time.", transform: Moment.past)
    var until: Timestamp?

    @Option(help: "List at most this many events.")
    var limit = 50

    @Flag(help: "List the newest events first.")
    var newestFirst = false

    @Option(help: "Continue an earlier listing of the same user, repository or type, in the same order.")
    var cursor: String?

    func validate() throws {
        guard [user, repository, type].compactMap({ $0 }).count == 1 else {
            throw ValidationError("Use one of --user, --repository and --type.")
        }
        guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        if let type { _ = try eventType(type) }
        if let since, let until, since >= until {
            throw ValidationError("--since must be before --until.")
        }
        _ = try start()
    }

    func run() async throws {
        try await MiyabiEnvironment.withConnection(home: global.home) { try await list($0.database) }
    }

    private func list(_ database: Database) async throws {
        let listing = try await listing(database)
        var table = EventTable()
        var next = try start()
        var rest = limit
        repeat {
            var pages = try listing(since, until, min(rest, 1000), next).makeAsyncIterator()
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
            Console.error("there are more events; to continue: --cursor \(next)")
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

    private func start() throws -> EventCursor? {
        guard let cursor else { return nil }
        guard let start = EventCursor(cursor) else {
            throw ValidationError("--cursor must be one that an earlier listing printed.")
        }
        return start
    }
}

/// Events as a table, with the names that the relational half knows.
struct EventTable {
    private var hasHeader = false

    /// The lines of some events, the header before the first.
    mutating func text(_ events: [Event], naming database: Database) async throws -> String {
        let users = Set(events.compactMap(\.userID))
        let repositories = Set(events.compactMap(\.repositoryID))
        let (usernames, fullNames) = try await database.withReadOnlySession(as: .service) { relations in
            (
                try await relations.webUsers.usernames(ids: users),
                try await relations.repositories.fullNames(ids: repositories)
            )
        }
        var table = Table("TIME", "TYPE", "USER", "REPOSITORY", "WHAT")
        for event in events {
            table.add(
                event.timestamp.description, event.type.rawValue,
                event.userID.map { usernames[$0] ?? $0.lowercased } ?? "-",
                event.repositoryID.map { fullNames[$0] ?? $0.lowercased } ?? "-",
                EventTable.summary(event.data))
        }
        defer { hasHeader = true }
        return table.text(withHeader: !hasHeader)
    }

    /// A webhook's name and action, else the data's plain values.
    private static func summary(_ data: Item) -> String {
        if let event = data["event"]?.string, let payload = data["payload"]?.map {
            return [event, payload["action"]?.string].compactMap { $0 }.joined(separator: " ")
        }
        let values = data.sorted().compactMap { name, value in
            (value.string ?? value.number?.description ?? value.bool?.description).map { "\(name)=\($0)" }
        }
        return values.joined(separator: " ").cut(to: 60)
    }
}
