import ArgumentParser
import Foundation
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
        try await Console.list("licences", limit: limit, json: global.json, table: LicenseReport.table) {
            cursor, limit in
            try await relations.licenses.list(filter, after: cursor, limit: limit).map { LicenseReport($0) }
        } add: { report, table in
            report.add(to: &table)
        }
    }
}

/// `miyabi license show`.
struct LicenseShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the token of an issued licence again.",
        discussion: "With --json, prints its other fields too.")

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The id of the licence, as `miyabi license list` and `verify` print it.", transform: UUID.argument)
    var license: UUID

    func run() async throws {
        let found = try await global.withRelations { try await $0.licenses.license(license) }
        if global.json { return try Console.json(LicenseReport(found, withKey: true)) }
        try Console.result(found.key)
    }
}

extension UUID {
    /// Reads the value of an argument.
    static func argument(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("\(text.debugDescription) is not an id.") }
        return id
    }
}
