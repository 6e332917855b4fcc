public import Foundation

/// What a person typed does not tell one row.
public struct LookupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for, in words.
    public let subject: String
    /// The rows that it may mean, with GitHub's number of each; empty when there is none.
    public let candidates: [Candidate]

    /// A row that a name may mean.
    public struct Candidate: Sendable, Hashable {
        /// The row.
        public let id: UUID
        /// GitHub's number.
        public let githubID: Int64
    }

    /// One sentence.
    public var description: String {
        if candidates.isEmpty { return "There is no \(subject)." }
        let list = candidates.map { "\($0.id.lowercased) (GitHub's number \($0.githubID))" }
        return "There is more than one \(subject); name one of them: \(list.joined(separator: ", "))."
    }
}

extension Relations {
    /// The user that a person names by row id or by GitHub login. A row id is taken as it is: events may outlive rows.
    ///
    /// - Throws: ``LookupError`` when no row or several have the login; `PostgresError`.
    public func webUserID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        let found = try await webUsers.find(username: name).map {
            LookupError.Candidate(id: $0.id, githubID: $0.user.githubID)
        }
        return try only(found, "user with the GitHub login \(name.debugDescription)")
    }

    /// The repository that a person names by row id or as `owner/name`. A row id is taken as it is.
    ///
    /// - Throws: ``LookupError`` when no row or several have the name; `PostgresError`.
    public func repositoryID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        let found = try await repositories.find(fullName: name).map {
            LookupError.Candidate(id: $0.id, githubID: $0.repository.githubID)
        }
        return try only(found, "repository called \(name.debugDescription)")
    }

    /// The customer whom a person names by row id or by e-mail address. A row id is taken as it is.
    ///
    /// - Throws: ``LookupError`` when no row has the address; `PostgresError`.
    public func userID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        guard let user = try await users.find(email: name) else {
            throw LookupError(subject: "user with the e-mail address \(name.debugDescription)", candidates: [])
        }
        return user.id
    }

    private func only(_ found: [LookupError.Candidate], _ subject: String) throws(LookupError) -> UUID {
        guard found.count == 1, let one = found.first else {
            throw LookupError(subject: subject, candidates: found)
        }
        return one.id
    }
}
