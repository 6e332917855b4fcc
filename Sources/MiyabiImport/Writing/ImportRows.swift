import Foundation
import MiyabiDatabase

/// The rows of the users and repositories that an import has met, and what its file said last of each. Memory grows
/// with how many of those a file names, not with its lines.
struct ImportRows: Sendable {
    /// Who owns new repositories, and events that name no user.
    let owner: UUID?
    private var users: [Int64: Known<GitHubUser>] = [:]
    private var repositories: [Int64: Known<GitHubRepository>] = [:]

    init(owner: UUID?) {
        self.owner = owner
    }

    var latestUsers: [GitHubUser] { users.values.map(\.value) }
    var latestRepositories: [GitHubRepository] { repositories.values.map(\.value) }

    func userID(_ record: ImportRecord) -> UUID? {
        record.user.flatMap { users[$0.githubID]?.id } ?? owner
    }

    func repositoryID(_ record: ImportRecord) -> UUID? {
        record.repository.flatMap { repositories[$0.githubID]?.id }
    }

    /// The run that a record asks for; none without a user, whose run it would be.
    func execution(_ record: ImportRecord) -> ExecutionStore.Pending? {
        guard let execution = record.execution, let userID = userID(record) else { return nil }
        return ExecutionStore.Pending(
            id: ContentDigest.uuid(ContentDigest.of("execution", record.id.description)), userID: userID,
            repositoryID: repositoryID(record), agentType: execution.agentType, issueNumber: execution.issueNumber)
    }

    /// Whether some record needs a row that this value does not know.
    func isMissing(anyOf records: [ImportRecord]) -> Bool {
        records.contains { record in
            record.execution != nil || record.user.map { users[$0.githubID] == nil } ?? false
                || record.repository.map { repositories[$0.githubID] == nil } ?? false
        }
    }

    /// Returns how many are new.
    mutating func insertUsers(of records: [ImportRecord], into store: WebUserStore) async throws -> Int {
        let new = firsts(records.compactMap(\.user), by: \.githubID).filter { users[$0.githubID] == nil }
        guard !new.isEmpty else { return 0 }
        let inserted = try await store.insertMissing(
            new.map { user in
                .init(id: ContentDigest.uuid(ContentDigest.of("web_users", String(user.githubID))), user: user)
            })
        for (user, row) in zip(new, inserted) {
            users[user.githubID] = try row.id.map { Known(id: $0, value: user) }
        }
        return try inserted.count { try $0.isNew }
    }

    /// Returns how many are new. A repository that is new and that nobody would own stays out; one that is there is
    /// found.
    mutating func insertRepositories(of records: [ImportRecord], into store: RepositoryStore) async throws -> Int {
        var owned: [RepositoryStore.New] = []
        var others: [GitHubRepository] = []
        for record in records {
            guard let repository = record.repository, repositories[repository.githubID] == nil else { continue }
            guard let userID = owner ?? userID(record) else {
                others.append(repository)
                continue
            }
            let id = ContentDigest.uuid(ContentDigest.of("repositories", String(repository.githubID)))
            owned.append(RepositoryStore.New(id: id, userID: userID, repository: repository))
        }
        owned = firsts(owned, by: \.repository.githubID)
        let inserted = try await store.insertMissing(owned)
        for (new, row) in zip(owned, inserted) {
            repositories[new.repository.githubID] = try row.id.map { Known(id: $0, value: new.repository) }
        }
        if !others.isEmpty {
            let ids = try await store.ids(githubIDs: others.map(\.githubID))
            for repository in others where repositories[repository.githubID] == nil {
                repositories[repository.githubID] = ids[repository.githubID].map { Known(id: $0, value: repository) }
            }
        }
        return try inserted.count { try $0.isNew }
    }

    /// Remembers the newest of what some records say.
    mutating func learn(from records: [ImportRecord]) {
        for record in records {
            if let user = record.user { users[user.githubID]?.learn(user, at: record.id) }
            if let repository = record.repository {
                repositories[repository.githubID]?.learn(repository, at: record.id)
            }
        }
    }

    private func firsts<Element>(_ elements: [Element], by key: (Element) -> Int64) -> [Element] {
        var seen: Set<Int64> = []
        return elements.filter { seen.insert(key($0)).inserted }
    }
}

/// A row, and what the file said last about it.
private struct Known<Value: Sendable>: Sendable {
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
