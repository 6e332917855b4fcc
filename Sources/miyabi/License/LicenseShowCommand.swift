import ArgumentParser
import Foundation
import MiyabiDatabase

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
