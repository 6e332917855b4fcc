import Foundation
import MiyabiDatabase

/// Writes records to both halves: rows in one transaction, then events.
struct ImportWriter {
    /// What became of a batch.
    struct Written: Sendable {
        var events = EventStore.Recorded()
        var users = 0
        var repositories = 0
        var executions = 0
    }

    private let database: Database
    private var rows: ImportRows

    init(database: Database, owner: UUID?) {
        self.database = database
        rows = ImportRows(owner: owner)
    }

    /// Writes a batch.
    mutating func write(_ records: [ImportRecord]) async throws -> Written {
        var written = Written()
        // Most batches of a long file name nobody new.
        if rows.isMissing(anyOf: records) {
            (rows, written) = try await database.withSession(as: .service) { [rows] relations in
                var rows = rows
                var written = Written()
                written.users = try await rows.insertUsers(of: records, into: relations.webUsers)
                written.repositories = try await rows.insertRepositories(of: records, into: relations.repositories)
                let executions = records.compactMap(rows.execution)
                written.executions = try await relations.executions.open(executions).count { try $0.isNew }
                return (rows, written)
            }
        }
        rows.learn(from: records)
        written.events = try await database.events.record(
            contentsOf: records.map { record in
                Event(
                    id: record.id, type: record.type, userID: rows.userID(record),
                    repositoryID: rows.repositoryID(record), data: record.data)
            }, skippingRecorded: true)
        return written
    }

    /// Brings rows up to what the file said last of each user and repository, by the events' time. Once, at the end:
    /// in between, the same file again would change a row back and forth.
    func refresh() async throws {
        let (users, repositories) = (rows.latestUsers, rows.latestRepositories)
        guard !users.isEmpty || !repositories.isEmpty else { return }
        try await database.withSession(as: .service) { relations in
            try await relations.webUsers.refresh(users)
            try await relations.repositories.refresh(repositories)
        }
    }
}
