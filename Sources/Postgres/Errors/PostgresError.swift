/// Everything that this module throws, apart from `CancellationError` and what your own closures throw.
///
/// `description` is safe to log: it holds no bound value, no row value and no password. The server's `detail`,
/// which quotes row values, and values quoted in messages about bad input are shown by `detailedDescription` only.
public struct PostgresError: Error, Sendable {
    /// What kind of failure this is.
    public let code: Code
    /// The primary message. From the server, it may quote a value that was sent (see `description`).
    public let message: String
    /// What the server said, for failures that it reported.
    public internal(set) var server: ServerFields?
    /// The text of the statement that failed, with placeholders where values are bound.
    public internal(set) var query: String?
    /// The name of the column that could not be decoded.
    public internal(set) var decodingColumn: String?

    init(_ code: Code, _ message: String, server: ServerFields? = nil, query: String? = nil) {
        self.code = code
        self.message = message
        self.server = server
        self.query = query
    }
}

extension PostgresError {
    /// The five-character SQLSTATE, for failures that the server reported. See `PostgresSQLState` for names.
    public var sqlState: String? { server?.sqlState }
    /// The server's second message, with more about the problem. It may quote row values.
    public var detail: String? { server?.detail }
    /// The server's suggestion what to do.
    public var hint: String? { server?.hint }
    /// Where in `query` the error lies: a character index, counted from 1.
    public var position: Int? { server?.position }
    /// The schema that the error concerns.
    public var schemaName: String? { server?.schemaName }
    /// The table that the error concerns.
    public var tableName: String? { server?.tableName }
    /// The column that the error concerns.
    public var columnName: String? { server?.columnName }
    /// The constraint that was violated.
    public var constraintName: String? { server?.constraintName }
    /// The data type that the error concerns.
    public var dataTypeName: String? { server?.dataTypeName }

    /// The same error, naming the statement that caused it.
    func inQuery(_ sql: String) -> PostgresError {
        var copy = self
        copy.query = copy.query ?? sql
        return copy
    }
}
