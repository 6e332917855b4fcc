public import FoundationEssentials
import MiyabiHome
import MiyabiSystem

/// A backup of the embedded halves, as its `backup.json` describes it.
///
/// ```
/// 20261130T064512Z/
///   backup.json              this
///   backup.seal              shows who wrote it; see BackupSeal
///   tables.sealed            what tables there are, and what a restored one has to be given again
///   postgres.tar.gz.sealed   a base backup with the WAL that it needs
///   dynamodb/*.backup        one file a table, as the engine writes them
///   secrets/*.sealed         passwords and licence keys
/// ```
/// All but the first two are encrypted with the home's master key. In form 1 nothing was, the tables were described in
/// `backup.json`, and the names had no suffix.
public struct Backup: Codable, Sendable, Equatable {
    /// What a backup holds of PostgreSQL: the whole cluster.
    public struct Postgres: Codable, Sendable, Equatable {
        /// The server's version, such as "15.14". Only the same major version can run a restored cluster.
        public var version: String
        /// Bytes of all databases when the backup began.
        public var databaseBytes: Int64
        /// The segment of the WAL that was written when the backup began.
        var firstSegment: String
        /// Where the WAL from there on is received into; nil where point-in-time recovery was off.
        var log: LogDirectory?
        /// The moment that it shows, by the server's clock.
        public var endedAt: Date

        /// The major version.
        public var major: Int? { Int(version.prefix { $0.isNumber }) }
    }

    /// What a backup holds of one DynamoDB table: its items, and what a restored table has to be given again.
    public struct Table: Codable, Sendable, Equatable {
        /// The table's name.
        public var name: String
        /// The number of items.
        public var items: Int
        /// Bytes of the items by AWS's accounting.
        public var bytes: Int
        /// The ARN of the engine's backup in the file.
        var arn: String
        /// The images of its stream; nil for no stream.
        var streamViewType: String?
        /// The attribute that items expire by; nil for none.
        var timeToLiveAttribute: String?
        /// How many days back the table could be restored; nil for none.
        var recoveryPeriodInDays: Int?
        /// Whether DeleteTable is refused.
        var isProtected: Bool
        /// The table's tags.
        var tags: [String: String]

        /// Where the file is, from the backup's directory.
        var file: String { "dynamodb/\(fileName)" }
        /// What the engine calls the file.
        var fileName: String { (arn.split(separator: "/").last.map(String.init) ?? arn) + ".backup" }
    }

    /// How much there is of DynamoDB: all that is told without the key.
    public struct Contents: Codable, Sendable, Equatable {
        /// The number of tables.
        public var tables: Int
        /// The number of their items.
        public var items: Int
    }

    /// A file of a backup, with what it takes to find damage.
    public struct File: Codable, Sendable, Equatable {
        /// Where it is, from the backup's directory.
        public var path: String
        /// Its size in bytes.
        public var bytes: Int
        /// SHA-256 in hexadecimal digits.
        public var sha256: String
    }

    /// The version of this description; a program refuses what is newer than itself.
    var format = Backup.currentFormat
    /// The backup's name: when it was made, in UTC.
    public var name: String
    /// When it was begun. What was committed before is in it.
    public var createdAt: Date
    /// The home that it was made of.
    public var home: String
    /// The version of Miyabi that made it.
    public var miyabiVersion = MiyabiVersion.current
    /// The PostgreSQL half; nil where it was external.
    public var postgres: Postgres?
    /// How much there is of the DynamoDB half; nil where it was external, and in form 1.
    public var contents: Contents?
    /// The tables of the DynamoDB half; nil where it was external, and where the backup's files were not opened yet.
    public var tables: [Table]?
    /// All files but `backup.json`.
    public var files: [File] = []

    /// The size of all files in bytes.
    public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// 2 since backups are encrypted.
    static let currentFormat = 2
    static let descriptionFile = "backup.json"
    static let sealFile = "backup.seal"
    private static let postgresArchive = "postgres.tar.gz"

    /// Whether the files are encrypted.
    public var isSealed: Bool { format >= 2 }
    /// The base backup, from the backup's directory.
    var postgresFile: String { isSealed ? Self.postgresArchive + SealedFiles.suffix : Self.postgresArchive }
    static let tablesFile = "tables" + SealedFiles.suffix

    /// The same as it stands in `backup.json`: what describes tables is encrypted beside it.
    var outside: Backup {
        var backup = self
        if isSealed { backup.tables = nil }
        return backup
    }

    /// JSON with sorted keys, and times as ISO 8601 with milliseconds.
    public func json(onOneLine: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.iso)
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if !onOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads what ``json(onOneLine:)`` wrote.
    ///
    /// - Throws: `backup` for what a newer Miyabi wrote, and for a description that no Miyabi wrote.
    init(json: String) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            try Date(
                decoder.singleValueContainer().decode(String.self),
                strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        let data = Data(json.utf8)
        let format = try decoder.decode([String: Format].self, from: data)["format"]?.number ?? 0
        guard format <= Backup.currentFormat else {
            throw OperationsError(
                .backup,
                "the backup was made by a newer Miyabi, in form \(format); this one knows \(Backup.currentFormat)",
                advice: "Use that version to restore it.")
        }
        self = try decoder.decode(Backup.self, from: data)
        let paths = Set(files.map(\.path))
        let needed =
            (postgres == nil ? [] : [postgresFile]) + (contents == nil ? [] : [Backup.tablesFile])
            + (tables ?? []).map(\.file)
        for path in needed where !paths.contains(path) {
            throw OperationsError(.backup, "the backup's description does not list \(path)")
        }
        for path in paths
        where path.split(separator: "/", omittingEmptySubsequences: false).contains(where: \.isForeign) {
            throw OperationsError(.backup, "the backup's description lists a file outside of it: \(path)")
        }
    }

    /// The number behind "format", whatever stands behind the other members.
    private struct Format: Decodable {
        let number: Int?

        init(from decoder: any Decoder) throws {
            number = try? decoder.singleValueContainer().decode(Int.self)
        }
    }

    init(name: String, createdAt: Date, home: MiyabiHome) {
        self.name = name
        self.createdAt = createdAt
        self.home = home.path
    }
}

extension Substring {
    /// Whether, as a part of a path, it leads elsewhere than down.
    fileprivate var isForeign: Bool { isEmpty || self == "." || self == ".." }
}
