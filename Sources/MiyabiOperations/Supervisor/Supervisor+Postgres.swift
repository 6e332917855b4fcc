import Logging
import MiyabiHome
import MiyabiMigrations
import MiyabiSystem
import Postgres

extension Supervisor {
    /// Starts the embedded PostgreSQL with its roles, database and schema, or checks the external one.
    func startPostgres(_ halves: RunningHalves) async throws {
        if let url = settings.postgres.url {
            try await halves.step("checking the external PostgreSQL")
            try await checkExternalPostgres(try settings.postgres.configuration(url.exposed), halves)
            return
        }
        try await halves.step("starting PostgreSQL")
        try await requireEncryptedVolume()
        let clock = ContinuousClock()
        let begin = clock.now
        let options = EmbeddedPostgres.Options(
            home: settings.home, port: settings.postgresPort, binariesDirectory: settings.postgresBinaries,
            tuning: settings.tuning, path: settings.path)
        let server = try await EmbeddedPostgres.start(options, logger: logger)
        await halves.started(server)
        try await halves.step("setting up PostgreSQL's roles and database")
        try await server.bootstrap(logger: logger)
        logger.info(
            "PostgreSQL \(server.version) is listening on 127.0.0.1:\(server.port) after \((clock.now - begin).short)")
        if settings.tuning.isOversubscribed {
            logger.warning(
                """
                \(settings.instances) instance(s) with pools of \(settings.postgres.maxConnections) may want more \
                connections than the \(settings.tuning.maxConnections) that fit this machine's memory; \
                see `miyabi up --explain-settings`
                """)
        }
        try await halves.step("migrating the database")
        await halves.migrated(try await migrate(server.configuration(of: .owner)))
    }

    /// Refuses to start where PostgreSQL's files would be readable for whoever has the disk, if that was asked for.
    private func requireEncryptedVolume() async throws {
        guard settings.requiresEncryptedVolume else { return }
        let place = try await ClusterLocation.choose(for: settings.home, account: ServiceAccount.required()).root
        let volume = VolumeEncryption.of(place)
        guard !volume.isEncrypted else { return }
        throw OperationsError(
            .unusableHome,
            "the volume of \(place) is \(volume == .none ? "not encrypted" : "not known to be encrypted"), and "
                + "\(Variable.requiresEncryptedVolume.name) is set",
            advice:
                "PostgreSQL encrypts nothing itself. Put the home on a volume of dm-crypt (LUKS) or into a directory "
                + "with a policy of fscrypt.")
    }

    private func checkExternalPostgres(
        _ configuration: PostgresConfiguration, _ halves: RunningHalves
    ) async throws {
        do {
            let connection = try await PostgresConnection.connect(configuration, logger: logger)
            logger.info("PostgreSQL is external: \(configuration), version \(connection.serverVersion / 10_000)")
            await connection.close()
        } catch {
            throw OperationsError(
                .postgres, "cannot use the external PostgreSQL that DATABASE_URL names: \(error)",
                advice: "Unset DATABASE_URL (in the environment and in .env) to have miyabi start its own.")
        }
        let owner = try settings.postgres.configuration(settings.address(of: .owner))
        if preparesExternal { return await halves.migrated(try await migrate(owner)) }
        try await tellPending(owner)
    }
}

extension Supervisor {
    /// Receives the WAL of the embedded PostgreSQL into files, as long as the home's point-in-time recovery is on.
    ///
    /// Whether it is on is looked up every second: `miyabi recovery` says it by a file.
    func receiveLog(of halves: RunningHalves, until halt: Halt) async throws {
        guard let postgres = await halves.postgres else { return await halt.requested() }
        let cluster = postgres.cluster
        let address = EmbeddedPostgres.superuserAddress(
            home: cluster.home, location: cluster.location, port: postgres.port, database: "postgres",
            program: LogReceiver.program)
        let receiver = LogReceiver(
            address: address, binaries: cluster.binaries, home: cluster.home,
            keys: HomeKeys(cluster.home, source: settings.keySource), logger: logger)
        var hasFailed = false
        while !halt.isRequested && !Task.isCancelled {
            do throws(OperationsError) {
                if let policy = try RecoveryPolicy.read(of: cluster.home) {
                    try await receiver.run(policy, while: { !halt.isRequested })
                }
                hasFailed = false
            } catch {
                // A restart of PostgreSQL interrupts it too: only what stays is worth more than a line.
                if !hasFailed { logger.warning("cannot receive the WAL: \(error); trying again") }
                hasFailed = true
            }
            await Polling.pause(.seconds(1))
        }
    }
}
