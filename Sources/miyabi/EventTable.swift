import DynamoDB
import MiyabiDatabase

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
