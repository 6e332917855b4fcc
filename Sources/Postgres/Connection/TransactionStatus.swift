import Synchronization

/// What a connection is in the middle of, as the server last reported.
enum TransactionStatus: UInt8, AtomicRepresentable, Sendable {
    case idle, active, inTransaction, inFailedTransaction, closed
}
