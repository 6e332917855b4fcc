/// A column of a result.
public struct PostgresColumn: Sendable, Hashable {
    /// The name that the statement gives it; names may repeat.
    public let name: String
    /// The column's type; for a domain, its base type.
    public let type: PostgresType
}
