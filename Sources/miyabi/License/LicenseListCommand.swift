import ArgumentParser
import MiyabiDatabase

/// `miyabi license list`.
struct LicenseListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List licences, newest first, without their tokens.")

    @OptionGroup var global: GlobalOptions

    @Option(help: "The id of a row of users, or an e-mail address.")
    var user: String?

    @Option(help: "The id of a plugin.")
    var plugin: String?

    @Option(help: "Only those that stand so.")
    var status: LicenseStatus?

    @Option(help: "How many at most.")
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
            for report in page.rows.map({ LicenseReport($0) }) {
                try Console.result(global.json ? try report.json : report.text)
            }
            rest -= page.rows.count
            cursor = page.next
        } while cursor != nil && rest > 0
        if rest == limit {
            Console.error("no licences")
        } else if cursor != nil {
            Console.error("there are more: --limit")
        }
    }
}
