import ArgumentParser
import Logging
import MiyabiHome
import MiyabiMonitoring
import MiyabiOperations
import MiyabiSystem

/// `miyabi monitor`: the monitor alone.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch external halves until Ctrl-C: figures, alarms, /metrics.",
        discussion: """
            `miyabi up` watches by itself. This is for two external halves (DATABASE_URL; DYNAMODB_ENDPOINT or \
            MIYABI_DYNAMODB=aws) where no `miyabi up` runs. Of an external DynamoDB it knows nothing: watch that by CloudWatch.

            /metrics, /health/live and /health/ready are on 127.0.0.1, at the port that MIYABI_MONITOR_PORT names.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let logger = global.logger(level: .info, timestamps: true)
        let settings = try global.settings
        guard settings.hasNothingEmbedded, let url = settings.postgres.url else {
            throw ValidationError(
                "a half is embedded in \(settings.home), and `miyabi up` watches it. This is for two external halves.")
        }
        let work = try settings.postgres.configuration(url.exposed)
        let postgres = try settings.postgres.configuration(settings.address(of: .monitor))
        try settings.home.create(account: ServiceAccount.required())
        logger.info("watching; press Ctrl-C to stop")
        await HaltSignals.forward { halt in
            await withTaskGroup { group in
                group.addTask {
                    await MonitorService(
                        settings, postgres: postgres, work: work, engine: nil, logger: logger
                    ).run()
                }
                group.addTask { await halt.requested() }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
