extension PostgresError {
    /// The fields of a server's error report, as the PostgreSQL manual's "Error and Notice Message Fields" lists them.
    public struct ServerFields: Sendable, Hashable {
        /// `ERROR`, `FATAL` or `PANIC`; in a notice `WARNING`, `NOTICE`, `DEBUG`, `INFO` or `LOG`. Never localised.
        public var severity: String
        /// The five-character SQLSTATE; `nil` when the report was made by libpq itself.
        public var sqlState: String?
        /// The primary message.
        public var message: String
        /// A second message with more about the problem. It may quote row values.
        public var detail: String?
        /// A suggestion what to do.
        public var hint: String?
        /// Where in the statement the error lies: a character index, counted from 1.
        public var position: Int?
        /// Like `position`, in `internalQuery`.
        public var internalPosition: Int?
        /// A statement that the server generated itself, for instance in a PL/pgSQL function.
        public var internalQuery: String?
        /// The call stack in the server: functions, their lines, and statements, one a line.
        public var context: String?
        /// The schema that the error concerns.
        public var schemaName: String?
        /// The table that the error concerns.
        public var tableName: String?
        /// The column that the error concerns.
        public var columnName: String?
        /// The data type that the error concerns.
        public var dataTypeName: String?
        /// The constraint that was violated.
        public var constraintName: String?
        /// The routine in the server's source that reported the error.
        public var routine: String?

        /// The server ends the session with it.
        var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }
    }
}
