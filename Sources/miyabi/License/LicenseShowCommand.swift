import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi license show`.
struct LicenseShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the token of an issued licence again.",
        discussion: "With --json, what is known of it as well.")

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The id of the licence, as `miyabi license list` and `verify` print it.", transform: UUID.argument)
    var license: UUID

    func run() async throws {
        let found = try await global.withRelations { try await $0.licenses.license(license) }
        try Console.result(global.json ? try LicenseReport(found, withKey: true).json : found.key)
    }
}

extension UUID {
    /// Reads the value of an argument.
    static func argument(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("\(text.debugDescription) is no id.") }
        return id
    }
}
