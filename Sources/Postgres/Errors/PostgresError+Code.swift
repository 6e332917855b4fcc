extension PostgresError {
    /// What kind of failure a `PostgresError` is. An open set: keep a default when you switch over it.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        private init(_ name: String) { description = name }

        /// The server refused the statement; `sqlState` says why.
        public static let server = Code("server")
        /// The connection string cannot be parsed, or says something that cannot work.
        public static let invalidConfiguration = Code("invalidConfiguration")
        /// A server on another host would be talked to in clear, or without knowing that it is the one. Nothing was sent.
        public static let plaintextRefused = Code("plaintextRefused")
        /// No connection could be made, or the server refused it (`sqlState` tells, if it came that far).
        public static let connectFailed = Code("connectFailed")
        /// No connection was made within the configuration's `connectTimeout`.
        public static let connectTimeout = Code("connectTimeout")
        /// The connection broke while it was used. It is closed now.
        public static let connectionLost = Code("connectionLost")
        /// The connection had been closed, or had broken, before the call.
        public static let connectionClosed = Code("connectionClosed")
        /// A COPY or a row stream is open on the connection: nothing else may run until it ends.
        public static let connectionBusy = Code("connectionBusy")
        /// A value cannot be sent, for instance a string that holds U+0000. Nothing was sent.
        public static let encodingFailed = Code("encodingFailed")
        /// A column's value is not of the type asked for. `decodingColumn` names the column.
        public static let decodingFailed = Code("decodingFailed")
        /// The server answered COMMIT by rolling back, because a statement of the transaction had failed.
        public static let commitRolledBack = Code("commitRolledBack")
        /// The connection broke during COMMIT: whether the transaction was committed is not known.
        public static let commitOutcomeUnknown = Code("commitOutcomeUnknown")
        /// The statement took longer than the `timeout` of its call, and was ended.
        public static let statementTimeout = Code("statementTimeout")
        /// Transactions were ended out of order, by hand, or with settings that a nested one cannot have.
        public static let transactionMisuse = Code("transactionMisuse")
        /// A statement in a session as another role that could change the role or outlast the transaction. Nothing was
        /// sent.
        public static let sessionMisuse = Code("sessionMisuse")
        /// A COPY statement where none may be, or another statement where a COPY must be.
        public static let copyMisuse = Code("copyMisuse")
        /// The statement was skipped, because an earlier one of its pipeline failed.
        public static let pipelineAborted = Code("pipelineAborted")
        /// No connection of the pool became free in time.
        public static let acquireTimeout = Code("acquireTimeout")
        /// The pool is closed.
        public static let poolClosed = Code("poolClosed")
        /// The operating system refused a thread, a descriptor or memory.
        public static let systemFailure = Code("systemFailure")
    }
}
