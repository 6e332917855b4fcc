import ArgumentParser
import MiyabiDatabase

/// `miyabi usage`: what is billed.
struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Prove, repair and thin out what is billed.",
        subcommands: [UsageVerifyCommand.self, UsageExpireCommand.self])
}

extension UsageMonth {
    /// Reads the value of an option.
    static func argument(_ text: String) throws -> UsageMonth {
        guard let month = UsageMonth(text) else {
            throw ValidationError("\(text.debugDescription) is no month such as 2025-11.")
        }
        return month
    }
}
