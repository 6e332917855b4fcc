/// A transaction whose body threw an error of its own, and whose ROLLBACK failed too. The connection is closed, and the server
/// undoes what the transaction did.
///
/// Every other failure of a transaction is what was thrown: the body's error where ROLLBACK worked, or a `PostgresError`
/// that tells the step (`transactionStep`) and why ROLLBACK failed after it (`rollBackFailure`). A cancelled task gets
/// `CancellationError` in any case.
public struct PostgresTransactionError: Error, Sendable, CustomStringConvertible {
    /// What the body threw; not a `PostgresError`.
    public let body: any Error
    /// Why ROLLBACK failed. It tells where the transaction was called.
    public let rollBack: PostgresError

    /// Both errors. Safe to log if the body's is.
    public var description: String { "\(body); then ROLLBACK failed: \(rollBack)" }
}
