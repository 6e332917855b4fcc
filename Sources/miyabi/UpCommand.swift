import ArgumentParser
import Logging
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi up`.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Start the whole database and print how to connect.",
        discussion: """
            Starts an embedded PostgreSQL and an embedded DynamoDB, brings the schema up to date and creates the tables. It \
            stays in the foreground until Ctrl-C, which stops everything; with --detach it returns when everything is ready.

            Standard output contains only NAME=value lines, which both a shell and a .env file can read:
              miyabi up --detach > .env

            A half that the environment or .env names is external: DATABASE_URL for PostgreSQL; DYNAMODB_ENDPOINT, or \
            MIYABI_DYNAMODB=aws, for DynamoDB. It is checked but not started. AWS keys alone do not make it external. If both \
            halves are external, `miyabi up` only relays the outbox between them.

            Your own migrations, in the directory that MIYABI_MIGRATIONS names, are run after Miyabi's. If a migration fails, \
            everything still starts; the failure is reported, and with --detach the exit code is 1.

            With --tls both halves speak TLS 1.2 and 1.3, and nothing else over TCP, by a certificate of an authority that the \
            home makes; see `miyabi tls`. --listen lets other machines in, and needs --tls.

            If Miyabi is already running here, the lines are printed again. The exit code is then 0 with --detach, and 1 \
            without it, because nothing stays in the foreground.
            """)

    @OptionGroup var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Run in the background; return when everything is ready.")
    var detach = false

    @Option(
        help: ArgumentHelp(
            "PostgreSQL's port, 0 for any free one.", discussion: "Default: $MIYABI_POSTGRES_PORT, or 54329."))
    var postgresPort: Int?

    @Option(
        help: ArgumentHelp(
            "DynamoDB's port, 0 for any free one.", discussion: "Default: $MIYABI_DYNAMODB_PORT, or 8000."))
    var dynamodbPort: Int?

    @OptionGroup(title: "Who can reach it, and how") var transport: TransportOptions

    @Option(help: IsolationOption.help)
    var isolate: IsolationOption?

    @Flag(help: "Also migrate an external PostgreSQL, and create the tables in an external DynamoDB.")
    var prepare = false

    @Option(
        help: ArgumentHelp(
            "Import the sample files in this directory when everything is ready.", valueName: "directory"),
        completion: .directory)
    var sample: String?

    @Flag(help: "Insert the development data when everything is ready, as `miyabi seed` does.")
    var seed = false

    @Flag(help: "Print PostgreSQL's settings for this machine and the reason for each; start nothing.")
    var explainSettings = false

    @Flag(help: .private)
    var logTimestamps = false

    func validate() throws {
        for (name, port) in [("--postgres-port", postgresPort), ("--dynamodb-port", dynamodbPort)] {
            guard let port, !(0...65_535).contains(port) else { continue }
            throw ValidationError("\(name) must be from 0 to 65535.")
        }
    }

    func run() async throws {
        let logger = global.logger(level: .info, timestamps: logTimestamps)
        var settings = try global.settings
        for warning in settings.warnings { logger.warning("\(warning)") }
        if let postgresPort { settings.postgresPort = postgresPort }
        if let dynamodbPort { settings.dynamoDBPort = dynamodbPort }
        try transport.apply(to: &settings)
        if explainSettings { return try Console.result("\(settings.tuning)") }
        warnOfOtherKeys(settings, logger: logger)
        try settings.tls.check()
        if detach { return try await runDetached(settings, logger: logger) }
        try await runInForeground(settings, logger: logger)
    }

    private func runInForeground(_ settings: Settings, logger: Logger) async throws {
        let supervisor = Supervisor(
            settings: settings, preparesExternal: prepare, logger: logger,
            startDynamoDB: EmbeddedEngine.starter(settings, isolation: isolate?.kinds ?? []),
            monitor: EmbeddedEngine.monitor(settings, logger: logger))
        let isRelayOnly = settings.hasNothingEmbedded
        do {
            try await HaltSignals.forward { halt in
                try await supervisor.run(until: halt) { details in
                    try await fill(settings, logger: logger)
                    try show(details)
                    logger.info("\(isRelayOnly ? Self.relaying : "ready"); Ctrl-C stops everything")
                }
            }
        } catch let error as OperationsError where error.code == .alreadyRunning {
            if let details = try ConnectionDetails.current(settings) { try show(details) }
            throw error
        }
    }

    /// Warns where AWS's tools would prefer other keys to the home's, which the engine refuses.
    private func warnOfOtherKeys(_ settings: Settings, logger: Logger) {
        guard settings.dynamoDB.location == .embedded, settings.dynamoDB.credentials != nil else { return }
        logger.warning(
            """
            AWS_ACCESS_KEY_ID is set, and AWS's tools prefer it to the access key of this home: unset it, or name the \
            profile (aws --profile \(CredentialsFile.profile))
            """)
    }

    /// What runs goes on as it was started.
    private func warnOfOtherTransport(_ settings: Settings, logger: Logger) throws {
        guard let state = try EnvironmentState.current(of: settings.home),
            (state.tls != nil) != settings.tls.isOn || state.listen != settings.tls.listen
        else { return }
        let isOn = state.tls == nil ? "without TLS" : "with TLS"
        logger.warning(
            "it was started \(isOn), listening on \(state.listen ?? "127.0.0.1"); to change that: miyabi down, then up")
    }

    /// Says how to connect. A reader that has seen enough may go: the lines are in the home's `env` file as well.
    private func show(_ details: ConnectionDetails) throws {
        do {
            for line in details.lines { try Console.result(line) }
        } catch let error as Console.OutputError where error.isReaderGone {}
    }

    /// Loads what `--seed` and `--sample` ask for.
    private func fill(_ settings: Settings, logger: Logger) async throws {
        if seed {
            let summary = try await MiyabiEnvironment.withConnection(
                settings, needing: [.postgres], logger: logger
            ) { try await DevelopmentData($0).load() }
            logger.info("\(summary.sentence)")
        }
        guard let sample else { return }
        let sentences = try await MiyabiEnvironment.withConnection(settings, logger: logger) {
            try await SampleData(directory: sample).load(into: $0.database)
        }
        for sentence in sentences { logger.info("\(sentence)") }
    }

    private func runDetached(_ settings: Settings, logger: Logger) async throws {
        var arguments = ["up", "--log-timestamps"]
        // As it was said: --home and MIYABI_HOME differ in what they make of addresses in the environment.
        if let home = global.home { arguments += ["--home", home] }
        if let postgresPort { arguments += ["--postgres-port", String(postgresPort)] }
        if let dynamodbPort { arguments += ["--dynamodb-port", String(dynamodbPort)] }
        arguments += transport.arguments
        if let isolate { arguments += ["--isolate", isolate.text] }
        if prepare { arguments.append("--prepare") }
        if global.verbose { arguments.append("--verbose") }
        let supervisor = DetachedSupervisor(settings: settings, arguments: arguments)
        let (details, started) = try await cancellingOnInterrupt { try await supervisor.start() }
        try show(details)
        try await fill(settings, logger: logger)
        for warning in started?.migrations?.warnings ?? [] { logger.warning("\(warning)") }
        let failures = started?.migrations?.failures ?? []
        for failure in failures { logger.error("\(failure)") }
        let ready = settings.hasNothingEmbedded ? Self.relaying : "ready"
        logger.info(
            started != nil
                ? "\(ready) in the background; `miyabi down` stops it" : "already running in \(settings.home)")
        if started == nil { try warnOfOtherTransport(settings, logger: logger) }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    private static let relaying = "ready: both halves are external, and the outbox between them is relayed"
}
