import DynamoDB
import Foundation
import MiyabiDatabase

/// Events as an aligned table, with the names that the relational half knows.
struct EventTable {
    private var hasHeader = false
    private static let widest = 60

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
        var rows = events.map { event in
            [
                event.timestamp.description, event.type.rawValue,
                event.userID.map { usernames[$0] ?? $0.lowercased } ?? "-",
                event.repositoryID.map { fullNames[$0] ?? $0.lowercased } ?? "-",
                EventTable.summary(event.data),
            ]
        }
        if !hasHeader { rows.insert(["TIME", "TYPE", "USER", "REPOSITORY", "WHAT"], at: 0) }
        hasHeader = true
        return EventTable.aligned(rows)
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
                .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }.joined(separator: "\n")
    }

    /// A webhook's name and action, else the data's plain values.
    private static func summary(_ data: Item) -> String {
        if let event = data["event"]?.string, let payload = data["payload"]?.map {
            return printable([event, payload["action"]?.string].compactMap { $0 }.joined(separator: " "))
        }
        let values = data.sorted().compactMap { name, value in
            (value.string ?? value.number?.description ?? value.bool?.description).map { "\(name)=\($0)" }
        }
        return printable(values.joined(separator: " "))
    }

    /// Data may hold anything: no control characters to the terminal, and no line of any length.
    private static func printable(_ text: String) -> String {
        let clean = String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : Character($0) })
        return clean.count <= widest ? clean : clean.prefix(widest - 1) + "…"
    }
}
