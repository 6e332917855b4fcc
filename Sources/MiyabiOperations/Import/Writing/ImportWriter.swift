import Foundation
import MiyabiDatabase

/// Writes records to both halves and remembers the rows of the users and repositories that it has met: memory grows
/// with how many of those a file names, not with its lines.
struct ImportWriter {
    /// What became of a batch.
    struct Written: Sendable {
        var events = EventStore.Recorded()
        var users = 0
        var repositories = 0
        var executions = 0
    }

    private let database: Database
    private let owner: UUID?
    private var users: [Int64: Known<GitHubUser>] = [:]
    private var repositories: [Int64: Known<GitHubRepository>] = [:]

    init(database: Database, owner: UUID?) {
        self.database = database
        self.owner = owner
    }

    /// Writes a batch: rows in one transaction, then events.
    mutating func write(_ records: [ImportRecord]) async throws -> Written {
        var written = Written()
        try await insertUsers(of: records, &written)
        try await insertRepositories(of: records, &written)
        for record in records {
            if let user = record.user { users[user.githubID]?.learn(user, at: record.id) }
            if let repository = record.repository {
                repositories[repository.githubID]?.learn(repository, at: record.id)
            }
        }
        let executions = records.compactMap(execution)
        if !executions.isEmpty {
            written.executions = try await database.asService { try await $0.executions.open(executions) }
        }
        written.events = try await database.events.record(
            contentsOf: records.map { record in
                Event(
                    id: record.id, type: record.type, userID: userID(record), repositoryID: repositoryID(record),
                    data: record.data)
            }, skippingRecorded: true)
        return written
    }

    /// Brings rows up to what the file said last of each user and repository, by the events' time. Once, at the end:
    /// in between, the same file again would change a row back and forth.
    func refresh() async throws {
        let users = self.users.values.map(\.value)
        let repositories = self.repositories.values.map(\.value)
        try await database.asService { relations in
            if !users.isEmpty { try await relations.webUsers.refresh(users) }
            if !repositories.isEmpty { try await relations.repositories.refresh(repositories) }
        }
    }

    private func userID(_ record: ImportRecord) -> UUID? {
        record.user.flatMap { users[$0.githubID]?.id } ?? owner
    }

    private func repositoryID(_ record: ImportRecord) -> UUID? {
        record.repository.flatMap { repositories[$0.githubID]?.id }
    }

    private func execution(_ record: ImportRecord) -> ExecutionStore.Pending? {
        guard let execution = record.execution, let userID = userID(record) else { return nil }
        return ExecutionStore.Pending(
            id: ContentDigest.uuid(ContentDigest.of("execution", record.id.description)), userID: userID,
            repositoryID: repositoryID(record), agentType: execution.agentType,
            issueNumber: execution.issueNumber)
    }

    private mutating func insertUsers(of records: [ImportRecord], _ written: inout Written) async throws {
        let new = firsts(records.compactMap(\.user), by: \.githubID).filter { users[$0.githubID] == nil }
        guard !new.isEmpty else { return }
        let rows = new.map { user in
            (id: ContentDigest.uuid(ContentDigest.of("web_users", String(user.githubID))), user: user)
        }
        let inserted = try await database.asService { try await $0.webUsers.insertMissing(rows) }
        written.users = inserted.count
        for user in new {
            users[user.githubID] = inserted.ids[user.githubID].map { Known(id: $0, value: user) }
        }
    }

    /// A repository that is new and that nobody would own stays out; one that is there is found.
    private mutating func insertRepositories(of records: [ImportRecord], _ written: inout Written) async throws {
        var new: [RepositoryStore.New] = []
        var unowned: [GitHubRepository] = []
        for record in records {
            guard let repository = record.repository, repositories[repository.githubID] == nil else { continue }
            guard let userID = owner ?? userID(record) else {
                unowned.append(repository)
                continue
            }
            let id = ContentDigest.uuid(ContentDigest.of("repositories", String(repository.githubID)))
            new.append(RepositoryStore.New(id: id, userID: userID, repository: repository))
        }
        guard !new.isEmpty || !unowned.isEmpty else { return }
        let owned = firsts(new, by: \.repository.githubID)
        let others = unowned.map(\.githubID)
        let (inserted, found) = try await database.asService { relations in
            (
                try await relations.repositories.insertMissing(owned),
                try await relations.repositories.ids(githubIDs: others)
            )
        }
        written.repositories = inserted.count
        let ids = inserted.ids.merging(found) { first, _ in first }
        for repository in owned.map(\.repository) + unowned where repositories[repository.githubID] == nil {
            repositories[repository.githubID] = ids[repository.githubID].map { Known(id: $0, value: repository) }
        }
    }

    private func firsts<Element>(_ elements: [Element], by key: (Element) -> Int64) -> [Element] {
        var seen: Set<Int64> = []
        return elements.filter { seen.insert(key($0)).inserted }
    }
}

/// A row, and what the file said last about it.
private struct Known<Value> {
    let id: UUID
    private(set) var value: Value
    private var latest = ULID(bits: 0)

    init(id: UUID, value: Value) {
        self.id = id
        self.value = value
    }

    /// Of two events of one moment the larger identifier wins: not the order of lines, which a batch may cut anywhere.
    mutating func learn(_ value: Value, at event: ULID) {
        guard event >= latest else { return }
        latest = event
        self.value = value
    }
}
