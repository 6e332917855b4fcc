import ArgumentParser
import MiyabiDatabase

/// `miyabi license list`.
struct LicenseListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List licences, newest first, without their tokens.")

    @OptionGroup var global: GlobalOptions

    @Option(help: "List only the licences of this user: an id in users, or an e-mail address.")
    var user: String?

    @Option(help: "List only the licences for this plugin, by its id.")
    var plugin: String?

    @Option(help: "List only licences with this status.")
    var status: LicenseStatus?

    @Option(help: "List at most this many licences.")
    var limit = 50

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
    }

    func run() async throws {
        try await global.withRelations { try await list($0) }
    }

    private func list(_ relations: Relations) async throws {
        var filter = LicenseStore.Filter(pluginID: plugin, status: status)
        if let user { filter.userID = try await relations.userID(named: user) }
        var cursor: PageCursor?
        var rest = limit
        repeat {
            let page = try await relations.licenses.list(filter, after: cursor, limit: min(rest, 1000))
            var table = LicenseReport.table
            for report in page.rows.map({ LicenseReport($0) }) {
                if global.json { try Console.json(report) } else { report.add(to: &table) }
            }
            if !global.json && !page.rows.isEmpty {
                try Console.result(table.text(withHeader: rest == limit))
            }
            rest -= page.rows.count
            cursor = page.next
        } while cursor != nil && rest > 0
        if rest == limit {
            Console.error("no licences")
        } else if cursor != nil {
            Console.error("there are more; raise --limit")
        }
    }
}
