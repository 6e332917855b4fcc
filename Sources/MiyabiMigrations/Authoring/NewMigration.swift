public import Foundation
import MiyabiSystem

/// The pair of files that `miyabi migrate add` creates.
public struct NewMigration: Sendable {
    /// How a new migration is numbered.
    public enum Numbering: Sendable {
        /// The next number, with as many digits as the others and at least three; a time stamp where the others are such.
        case sequential
        /// The time in UTC, `20251129103000`.
        case timestamp(Date)
    }

    /// The migration's version.
    public let version: Int64
    /// The name of the up file.
    public let upFileName: String
    /// The name of the down file.
    public let downFileName: String
    private let title: String

    /// Names the files of a migration that comes after all of `existing`.
    ///
    /// - Parameter name: letters, digits, `-`, `_` and spaces, which become underscores.
    /// - Throws: ``MigrationError`` with code `cannotCreate`.
    public init(name: String, after existing: [Migration], numbering: Numbering) throws(MigrationError) {
        let name = name.split(separator: " ").joined(separator: "_")
        guard !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isAllowed) else {
            throw MigrationError(
                .cannotCreate,
                "\"\(name)\" is not a valid name for a migration; use letters, digits, \"-\", \"_\" and spaces"
            )
        }
        let latest = existing.last?.version ?? 0
        var digits: String
        switch numbering {
        case .timestamp(let date): digits = Self.timestamp(date)
        case .sequential where latest >= 19_700_101_000_000: digits = Self.timestamp(Date())
        case .sequential:
            let width = existing.map { $0.up.fileName.prefix { $0 != "_" }.count }.max() ?? 0
            digits = String(latest + 1)
            digits = String(repeating: "0", count: max(0, max(width, 3) - digits.count)) + digits
        }
        guard let version = Int64(digits), version > latest else {
            throw MigrationError(.cannotCreate, "version \(digits) would not come after the latest one, \(latest)")
        }
        self.version = version
        upFileName = "\(digits)_\(name)\(MigrationFileName.Kind.up.rawValue)"
        downFileName = "\(digits)_\(name)\(MigrationFileName.Kind.down.rawValue)"
        title = name.split(separator: "_").joined(separator: " ")
    }

    /// Writes both files, or neither, and never over a file that is there. Makes the directory if there is none.
    ///
    /// - Returns: the two files.
    /// - Throws: ``MigrationError`` with code `cannotCreate`.
    public func write(to directory: URL) throws(MigrationError) -> [URL] {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw MigrationError(
                .cannotCreate, "the directory \(directory.path) cannot be made: \(error.localizedDescription)")
        }
        let up = directory.appending(path: upFileName)
        let down = directory.appending(path: downFileName)
        try Self.create(up, text: upTemplate)
        do {
            try Self.create(down, text: downTemplate)
        } catch {
            try? FileManager.default.removeItem(at: up)
            throw error
        }
        return [up, down]
    }

    private var upTemplate: String {
        """
        -- \(title)
        --
        -- Runs in one transaction. CREATE INDEX CONCURRENTLY needs `-- no-transaction` as the very first line instead.
        \(MigrationScript.toDo)

        """ + "\n"
    }

    private var downTemplate: String {
        """
        -- Takes back: \(title)
        --
        -- Undoes the up file in the opposite order.
        \(MigrationScript.toDo)

        """ + "\n"
    }

    private static func create(_ file: URL, text: String) throws(MigrationError) {
        do {
            try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            // A source file like others in its directory, not a secret.
            try? Files.changeMode(file.path, ProcessPrivacy.modeOfSharedFiles)
        } catch CocoaError.fileWriteFileExists {
            throw MigrationError(.cannotCreate, "\(file.path) exists already")
        } catch {
            throw MigrationError(.cannotCreate, "\(file.path) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal || scalar == "_" || scalar == "-"
    }

    private static func timestamp(_ date: Date) -> String {
        date.formatted(
            Date.VerbatimFormatStyle(
                format:
                    "\(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
                locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
    }
}
