import Foundation
import Glibc
import Logging

/// The terminal: results go to standard output, everything else to standard error.
enum Console {
    /// Standard output takes no more.
    struct OutputError: Error, CustomStringConvertible {
        let reason: Int32

        /// Whether its reader has gone.
        var isReaderGone: Bool { reason == EPIPE }
        var description: String { "cannot write the result to standard output: \(String(cString: strerror(reason)))" }
    }

    /// Writes a line of the result, at once even into a pipe. A command whose result is lost has failed. A file or a pipe gets
    /// it as it is; a terminal gets no control characters, which data could steer it by.
    ///
    /// - Throws: ``OutputError``. (Typed, it crashes the compiler of Swift 6.3.1 in functions that await their argument.)
    static func result(_ line: String, terminator: String = "\n") throws {
        let text = isatty(STDOUT_FILENO) == 1 ? line.printable : line
        if let reason = write(text + terminator, to: STDOUT_FILENO) { throw OutputError(reason: reason) }
    }

    /// Writes a line for the person; where it cannot be written, there is nobody left to tell.
    static func error(_ line: String) { prompt(line + "\n") }

    /// Writes a question for the person, who answers on the same line.
    static func prompt(_ text: String) { _ = write(text.printable, to: STDERR_FILENO) }

    /// The `errno` that kept it from writing everything.
    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
        }
        return nil
    }
}

/// What `--json` writes, alike for every command: one object on one line, its keys sorted and in snake_case as the columns
/// and attributes that they tell of, times in ISO 8601 with milliseconds. A list is one line an element (NDJSON), nothing
/// when it is empty. What is not known is left out.
enum JSONOutput {
    /// The line of a value.
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in Key(path.last?.stringValue ?? "") }
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// `startedAt` as `started_at`, `userID` as `user_id`, `dynamoDB` as `dynamodb`.
    static func snakeCase(_ name: String) -> String {
        var words = ""
        var wasUpper = true
        for character in name.replacing("DynamoDB", with: "Dynamodb").replacing("dynamoDB", with: "dynamodb") {
            if character.isUppercase && !wasUpper { words.append("_") }
            words += character.lowercased()
            wasUpper = character.isUppercase || character == "_"
        }
        return words
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = snakeCase(name) }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension Console {
    /// Writes a value as `--json` promises it.
    static func json(_ value: some Encodable) throws { try result(try JSONOutput.line(value)) }
}

/// Log lines for a person: the half that writes if it is not the supervisor, the level only where it matters, a time only in
/// a file. `miyabi logs` reads what this writes.
struct ConsoleLogHandler: LogHandler {
    /// The metadata that names the half.
    static let half = "half"

    let timestamps: Bool
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(timestamps: Bool) { self.timestamps = timestamps }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = timestamps ? Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) + " " : ""
        var all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        line += "\(all.removeValue(forKey: Self.half) ?? "miyabi"): "
        if event.level >= .warning || event.level <= .debug { line += "\(event.level): " }
        line += "\(event.message)"
        if !all.isEmpty {
            line += " (" + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + ")"
        }
        Console.error(line)
    }
}

/// What is known of the terminal, if there is one.
enum Terminal {
    /// Whether lines may be drawn over: only on a terminal that can, and not where NO_COLOR asks for plain text.
    static let drawsOverLines: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
            && environment["NO_COLOR", default: ""].isEmpty
    }()

    /// The width in columns of the terminal that standard output is; nil for a file or a pipe.
    static var width: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
