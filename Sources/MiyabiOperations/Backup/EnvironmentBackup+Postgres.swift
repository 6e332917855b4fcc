import FoundationEssentials
import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

extension EnvironmentBackup {
    /// Makes a base backup of the whole cluster, with the WAL from its beginning to its end, as one compressed archive.
    ///
    /// <https://www.postgresql.org/docs/15/app-pgbasebackup.html>
    func backUpPostgres(into directory: String) async throws -> Backup.Postgres {
        onProgress(.step("PostgreSQL"))
        let cluster = try await RunningCluster.find(settings, program: "miyabi backup")
        return try await cluster.withConnection(logger: logger) { connection in
            try await keepLog(connection)
            var postgres = try await describe(connection)
            try await copyCluster(cluster, into: directory)
            postgres.endedAt = try await connection.query("SELECT clock_timestamp()")[0].decode(Date.self)
            return postgres
        }
    }

    private func describe(_ connection: PostgresConnection) async throws -> Backup.Postgres {
        let rows = try await connection.query(
            """
            SELECT current_setting('server_version'),
                (SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE datallowconn),
                pg_walfile_name(pg_current_wal_insert_lsn()), clock_timestamp()
            """)
        let (version, bytes, segment, now) = try rows[0].decode((String, Int64, String, Date).self)
        return Backup.Postgres(
            version: String(version.prefix { $0 != " " }), databaseBytes: bytes, firstSegment: segment,
            log: try RecoveryPolicy.read(of: settings.home)?.log, endedAt: now)
    }

    /// Has the server keep all WAL from now until the connection ends: the archive takes it last, and without this a
    /// checkpoint during a long backup could remove the first of it.
    private func keepLog(_ connection: PostgresConnection) async throws {
        let slot = "miyabi_backup_\(RandomSecret.password().lowercased().filter(\.isLetter))".prefix(60)
        _ = try await connection.query(
            "SELECT pg_create_physical_replication_slot(\(String(slot)), true, true)")
    }

    private func copyCluster(_ cluster: RunningCluster, into directory: String) async throws(OperationsError) {
        let archive = "\(directory)/\(Backup.postgresFile)"
        // Not beside the archive, whose disk may be full.
        let errors = settings.home.logDirectory + "/backup.log"
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                executable: cluster.binaries.pgBaseBackup,
                arguments: [
                    "--dbname=\(cluster.address)", "--pgdata=-", "--format=tar", "--wal-method=fetch",
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
