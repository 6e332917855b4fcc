public import Foundation

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
        case .notReviewer(let id): "Submission \(id.lowercased) is an admin's to review."
        }
    }
}
