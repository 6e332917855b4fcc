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
    /// The step of a transaction that failed, if it was not a statement inside it.
    public internal(set) var transactionStep: TransactionStep?
    /// Why ROLLBACK failed after this error; the connection is closed then, and the server undoes what was done.
    public internal(set) var rollBackFailure: String?
    /// Where in the source the failed call stands.
    var site: CallSite?
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
    /// A step of a transaction that the client takes by itself. ROLLBACK is not among them: what made it necessary is the
    /// error (see `rollBackFailure` and `PostgresTransactionError`).
    public enum TransactionStep: String, Sendable {
        /// BEGIN, or SAVEPOINT for a nested one: nothing has run.
        case begin
        /// COMMIT, or RELEASE SAVEPOINT. Unless the code is `.commitOutcomeUnknown`, nothing has taken effect.
        case commit
    }

    /// The source file of the failed call, as `Module/File.swift`. For a value that cannot be read it is the query's.
    public var fileID: String? { site?.fileID }
    /// The line of the failed call.
    public var line: Int? { site?.line }

    /// The same error, naming the step of a transaction.
    func inStep(_ step: TransactionStep) -> PostgresError {
        var copy = self
        copy.transactionStep = copy.transactionStep ?? step
        return copy
    }

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
