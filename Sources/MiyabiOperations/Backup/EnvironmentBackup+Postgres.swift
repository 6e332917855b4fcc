import Logging
import Postgres

extension EnvironmentBackup {
    /// Makes a base backup of the whole cluster, with the WAL from its beginning to its end, as one compressed archive.
    ///
    /// <https://www.postgresql.org/docs/15/app-pgbasebackup.html>
    func backUpPostgres(into directory: String) async throws -> Backup.Postgres {
        onProgress(.step("PostgreSQL"))
        let home = settings.home
        let location = try await ClusterLocation.choose(for: home, account: ServiceAccount.required())
        let binaries = try await PostgresBinaries.find(
            directory: settings.postgresBinaries, major: ClusterInitializer.major(of: location), path: settings.path)
        guard let port = EnvironmentState.current(of: home)?.postgres?.port else {
            throw MiyabiEnvironment.notRunning(home, nil)
        }
        let address = EmbeddedPostgres.superuserAddress(
            home: home, location: location, port: port, database: "postgres", program: "miyabi backup")
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(address), logger: logger)
        do {
            let postgres = try await describe(connection)
            try await keepLog(connection)
            try await copyCluster(from: address, with: binaries, into: directory)
            await connection.close()
            return postgres
        } catch {
            await connection.close()
            throw error
        }
    }

    private func describe(_ connection: PostgresConnection) async throws -> Backup.Postgres {
        let rows = try await connection.query(
            """
            SELECT current_setting('server_version'),
                (SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE datallowconn)
            """)
        let (version, bytes) = try rows[0].decode((String, Int64).self)
        return Backup.Postgres(version: String(version.prefix { $0 != " " }), databaseBytes: bytes)
    }

    /// Has the server keep all WAL from now until the connection ends: the archive takes it last, and without this a
    /// checkpoint during a long backup could remove the first of it.
    private func keepLog(_ connection: PostgresConnection) async throws {
        let slot = "miyabi_backup_\(RandomSecret.password().lowercased().filter(\.isLetter))".prefix(60)
        _ = try await connection.query(
            "SELECT pg_create_physical_replication_slot(\(String(slot)), true, true)")
    }

    private func copyCluster(
        from address: String, with binaries: PostgresBinaries, into directory: String
    ) async throws(OperationsError) {
        let archive = "\(directory)/\(Backup.postgresFile)"
        // Not beside the archive, whose disk may be full.
        let errors = settings.home.logDirectory + "/backup.log"
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                executable: binaries.pgBaseBackup,
                arguments: [
                    "--dbname=\(address)", "--pgdata=-", "--format=tar", "--wal-method=fetch",
                    "--compress=client-gzip:1",
                    "--checkpoint=fast", "--manifest-checksums=SHA256", "--no-password", "--label=miyabi backup",
                ],
                output: archive, errors: errors, signalOnParentDeath: "TERM"))
        var written = 0
        while child.ended == nil {
            await Polling.pause(.milliseconds(100))
            let size = Files.size(archive)
            if size != written { onProgress(.written(size)) }
            written = size
        }
        let exit = await child.exit
        guard exit == .code(0) else {
            throw OperationsError(
                .postgres, "pg_basebackup failed with \(exit)", advice: Files.tail(errors) ?? "It left no message.")
        }
        try Files.remove(errors)
        try Files.sync(archive)
    }
}
