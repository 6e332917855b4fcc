public import ArgumentParser
import MiyabiDatabase
import MiyabiHome
public import MiyabiOperations

extension HomeLogEntry.Source: ExpressibleByArgument {}

/// `miyabi logs`.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show the logs of both embedded halves and of their supervisor, merged by time.",
        discussion: """
            Nothing needs to run. `miyabi up` without --detach writes its own lines, and those of DynamoDB, to the terminal \
            and not to a file. PostgreSQL keeps its log for a week.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only the entries of miyabi (the supervisor), postgres or dynamodb; may be repeated.")
    var only: [HomeLogEntry.Source] = []

    @Option(help: ArgumentHelp("Only entries from this time on.", discussion: Moment.forms), transform: Moment.past)
    var since: Timestamp?

    @Option(help: "Show at most this many entries, the newest.")
    var limit = 200

    @Flag(name: .shortAndLong, help: "Keep showing new entries until Ctrl-C.")
    var follow = false

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
    }

    func run() async throws {
        var filter = HomeLogs.Filter()
        if !only.isEmpty { filter.sources = Set(only) }
        filter.since = since
        var logs = try HomeLogs(global.settings.home, filter: filter)
        let (entries, hasMore) = try logs.newest(limit)
        if hasMore { Console.error("miyabi: there are older entries; raise --limit to see them") }
        try show(entries)
        while follow {
            try await Task.sleep(for: .milliseconds(200))
            try show(logs.next())
        }
    }

    private func show(_ entries: [HomeLogEntry]) throws {
        for entry in entries {
            if global.json {
                try Console.json(entry)
            } else {
                let source = entry.source.rawValue.padding(to: 8)
                try Console.result("\(entry.time) \(source)  \(entry.message.printable)")
            }
        }
    }
}

extension String {
    /// The text and blanks up to a width.
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
