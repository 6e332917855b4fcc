import ArgumentParser
import Logging
import MiyabiDatabase
import MiyabiOperations
import ServiceLifecycle
import UnixSignals

/// `miyabi outbox relay`.
struct OutboxRelayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay",
        abstract: "Relay changes until Ctrl-C.",
        discussion: """
            For external halves. You may run it in several processes: one works, and another takes over when that one \
            stops. It may be killed at any time; no change is lost.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let logger = global.logger(level: .info, timestamps: true)
        try await MiyabiEnvironment.withConnection(home: global.home, logger: logger) { environment in
            let relay = OutboxRelay(environment.database)
            logger.info("relaying; press Ctrl-C to stop")
            try await ServiceGroup(
                services: [relay], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger
            ).run()
        }
    }
}
