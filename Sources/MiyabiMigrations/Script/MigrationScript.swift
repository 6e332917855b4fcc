internal import Crypto

/// One SQL file of a migration: what brings it about, or what takes it back.
public struct MigrationScript: Sendable, Hashable {
    /// The file's name without a directory.
    public let fileName: String
    /// The file's text, without the byte order mark that some editors begin it with.
    public let sql: String
    /// The SHA-384 of the file's bytes (48 bytes), as sqlx stores it in the column `checksum`.
    public let checksum: [UInt8]

    /// A script as read from a file.
    public init(fileName: String, sql: String) {
        self.fileName = fileName
        checksum = Self.sha384(sql.utf8)
        self.sql =
            sql.utf8.starts(with: Self.byteOrderMark) ? String(sql.unicodeScalars.dropFirst()) : sql
    }

    /// False when the file begins with `-- no-transaction`: then each statement is run, and committed, on its own.
    ///
    /// The rule is sqlx's: the words must be the first of the file.
    public var isTransactional: Bool {
        !sql.utf8.starts(with: "-- no-transaction".utf8)
    }

    /// The line of a new file that has no statements yet.
    static let toDo = "-- To do: write the statements."

    /// Whether the file is as `miyabi migrate add` made it.
    var isUnwritten: Bool { sql.contains(Self.toDo) && parsed.statements.isEmpty }

    var parsed: ParsedScript { ParsedScript(sql) }

    /// Whether `other` is the checksum of this text with other line ends, or with or without a byte order mark: what git's
    /// `core.autocrlf` and editors change without anybody asking.
    func isSameText(as other: [UInt8]) -> Bool {
        if other == checksum { return true }
        var unix: [UInt8] = []
        unix.reserveCapacity(sql.utf8.count)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "\n"), unix.last == UInt8(ascii: "\r") { unix.removeLast() }
            unix.append(byte)
        }
        let windows = unix.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
        return [unix, windows].contains {
            other == Self.sha384($0) || other == Self.sha384(Self.byteOrderMark + $0)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func sha384(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA384.hash(data: Array(bytes)))
    }
}
