import MiyabiDatabase

/// What an import did.
public struct ImportSummary: Sendable, Hashable, Codable {
    /// The file's name, or `<stdin>`.
    public let file: String
    /// Lines read, without blank ones.
    public internal(set) var lines = 0
    /// Events that are new.
    public internal(set) var imported = 0
    /// Events that were there already.
    public internal(set) var unchanged = 0
    /// Lines that are no records.
    public internal(set) var skipped = 0
    /// Rows of web_users that are new.
    public internal(set) var users = 0
    /// Rows of repositories that are new.
    public internal(set) var repositories = 0
    /// Rows of agent_executions that are new.
    public internal(set) var executions = 0
    /// How long it took.
    public internal(set) var seconds = 0.0

    init(file: String) {
        self.file = file
    }

    mutating func add(_ written: ImportWriter.Written, lines: Int, skipped: Int) {
        self.lines += lines
        self.skipped += skipped
        imported += written.events.written
        unchanged += written.events.skipped
        users += written.users
        repositories += written.repositories
        executions += written.executions
    }
}

extension ImportSummary {
    /// What the import did, in one sentence.
    public var sentence: String {
        let rate = seconds > 0 ? ", \(Int(Double(imported) / seconds)) events/s" : ""
        return "\(file): \(lines) lines, \(imported) new events, \(unchanged) already there, \(skipped) skipped; "
            + "\(users) new users, \(repositories) repositories, \(executions) executions "
            + "(\((seconds * 100).rounded() / 100) s\(rate))"
    }
}
