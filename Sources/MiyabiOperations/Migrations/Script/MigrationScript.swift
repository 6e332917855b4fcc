internal import Crypto

/// One SQL file of a migration: what brings it about, or what takes it back.
public struct MigrationScript: Sendable, Hashable {
    /// The file's name without a directory.
    public let fileName: String
    /// The file's text; its UTF-8 is the file's bytes.
    public let sql: String
    /// The SHA-384 of the file's bytes (48 bytes), as sqlx stores it in `_sqlx_migrations.checksum`.
    public let checksum: [UInt8]

    /// A script as read from a file.
    public init(fileName: String, sql: String) {
        self.fileName = fileName
        self.sql = sql
        checksum = Array(SHA384.hash(data: Array(sql.utf8)))
    }

    /// False when the file begins with `-- no-transaction`: then each statement is run, and committed, on its own.
    ///
    /// The rule is sqlx's: the words must be the first bytes of the file.
    public var isTransactional: Bool {
        !sql.utf8.starts(with: "-- no-transaction".utf8)
    }

    var statements: [SQLStatement] {
        SQLStatement.split(sql)
    }
}
