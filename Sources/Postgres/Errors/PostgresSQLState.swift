/// Names for the SQLSTATE values that programs commonly act upon.
/// Source: the PostgreSQL manual's appendix "PostgreSQL Error Codes".
public enum PostgresSQLState {
    /// 23502
    public static let notNullViolation = "23502"
    /// 23503
    public static let foreignKeyViolation = "23503"
    /// 23505
    public static let uniqueViolation = "23505"
    /// 23514
    public static let checkViolation = "23514"
    /// 25P02: the transaction has failed; only ROLLBACK is accepted.
    public static let inFailedSQLTransaction = "25P02"
    /// 26000: a prepared statement that does not exist.
    public static let invalidSQLStatementName = "26000"
    /// 28P01
    public static let invalidPassword = "28P01"
    /// 3D000: the database does not exist.
    public static let invalidCatalogName = "3D000"
    /// 40001: try the transaction again.
    public static let serializationFailure = "40001"
    /// 40P01: try the transaction again.
    public static let deadlockDetected = "40P01"
    /// 42501
    public static let insufficientPrivilege = "42501"
    /// 42601
    public static let syntaxError = "42601"
    /// 42703
    public static let undefinedColumn = "42703"
    /// 42P01
    public static let undefinedTable = "42P01"
    /// 42P05: there is a prepared statement of this name already.
    public static let duplicatePreparedStatement = "42P05"
    /// 42P07: the relation exists already.
    public static let duplicateTable = "42P07"
    /// 53300
    public static let tooManyConnections = "53300"
    /// 55P03
    public static let lockNotAvailable = "55P03"
    /// 57014: cancelled, by request or by `statement_timeout`.
    public static let queryCancelled = "57014"
    /// 57P01: an administrator ended the session or the server.
    public static let adminShutdown = "57P01"
    /// 57P03: the server starts up or shuts down.
    public static let cannotConnectNow = "57P03"
    /// 0A000
    public static let featureNotSupported = "0A000"
    /// P0001: `RAISE` without a code.
    public static let raisedException = "P0001"
    /// P0002
    public static let noDataFound = "P0002"
}
