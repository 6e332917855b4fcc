/// What became of a statement.
enum Outcome: Equatable {
    /// It ran, and found or changed this many rows.
    case rows(Int)
    /// The server refused it for want of a right: SQLSTATE 42501, which row-level security's WITH CHECK gives too.
    case denied
    /// It failed for another reason, with this SQLSTATE.
    case failed(String)

    /// Whether the statement reached a row. A row that a policy hides is not an error, but no row either.
    var succeeded: Bool {
        if case .rows(let count) = self { count > 0 } else { false }
    }
}
