import ArgumentParser
import MiyabiDatabase

/// `miyabi usage`: what is billed.
struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Check, correct and compact the usage records that are billed.",
        subcommands: [UsageVerifyCommand.self, UsageExpireCommand.self])
}

extension UsageMonth {
    /// Reads the value of an option.
    static func argument(_ text: String) throws -> UsageMonth {
        guard let month = UsageMonth(text) else {
            throw ValidationError("expected a month such as 2025-11.")
        }
        return month
    }
}
