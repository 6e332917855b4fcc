public import Foundation
public import Postgres

/// A plugin that somebody wants in the marketplace: a row of `plugin_submissions`.
public struct PluginSubmission: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Who wants it: a row of users.
    public var userID: UUID
    /// The plugin as they describe it. It stays as it was submitted.
    public var pluginData: PostgresJSON
    /// How far it is.
    public var status: Status
    /// What was found out about it.
    public var findings: Findings
    /// When it was submitted.
    public var submittedAt: Date
    /// When it was approved or rejected.
    public var reviewedAt: Date?

    /// How far a submission is. Once it is decided on it stays so: who wants another decision submits again.
    public enum Status: String, PostgresEnum, CaseIterable {
        /// Nobody has decided yet.
        case pendingReview = "pending_review"
        /// It may come in.
        case approved
        /// It may not.
        case rejected

        /// The states that may come next. A submission that waits can be looked into any number of times.
        public var next: Set<Status> {
            switch self {
            case .pendingReview: [.pendingReview, .approved, .rejected]
            case .approved, .rejected: []
            }
        }

        /// The states that may come before.
        var previous: [Status] { Self.allCases.filter { $0.next.contains(self) } }
    }

    /// What was found out about a submission.
    public struct Findings: Sendable, Hashable {
        /// From 0, bad, to 100, good.
        public var qualityScore: Int16?
        /// What a scanner reported.
        public var securityScan: PostgresJSON?
        /// What the reviewer has to say, for whoever submitted it.
        public var notes: String?

        /// What was found out about a submission.
        public init(qualityScore: Int16? = nil, securityScan: PostgresJSON? = nil, notes: String? = nil) {
            self.qualityScore = qualityScore
            self.securityScan = securityScan
            self.notes = notes
        }
    }
}

extension PluginSubmission: KeysetRow {
    static let table = "plugin_submissions"
    static let order = KeysetOrder.time("submitted_at") { (row: Self) in row.submittedAt }
    static let columns = [
        "id", "user_id", "plugin_data", "status", "quality_score", "security_scan", "review_notes", "submitted_at",
        "reviewed_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginData = try row.decode("plugin_data")
        status = try row.decode("status")
        findings = Findings(
            qualityScore: try row.decode("quality_score"), securityScan: try row.decode("security_scan"),
            notes: try row.decode("review_notes"))
        submittedAt = try row.decode("submitted_at")
        reviewedAt = try row.decode("reviewed_at")
    }
}

/// What cannot be done to a submission. It was not changed.
public enum PluginSubmissionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No submission has this id, or none that the caller may see.
    case notFound(UUID)
    /// The submission is where no way leads to the state asked for.
    case illegalTransition(UUID, from: PluginSubmission.Status, to: PluginSubmission.Status)
    /// The caller sees the submission, but is no admin.
    case notReviewer(UUID)

    /// One sentence.
    public var description: String {
        switch self {
        case .notFound(let id): "There is no submission \(id.lowercased)."
        case .illegalTransition(let id, let from, let to):
            "Submission \(id.lowercased) is \(from.rawValue) and cannot become \(to.rawValue)."
        case .notReviewer(let id): "Only an admin may review submission \(id.lowercased)."
        }
    }
}
