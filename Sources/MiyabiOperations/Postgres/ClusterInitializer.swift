import Crypto
import FoundationEssentials
import Glibc
import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

/// Makes a new cluster in one step: it is built in `<place>.new` and renamed when it is whole and on disk, so that whatever
/// interrupts it leaves either no cluster or a complete one.
struct ClusterInitializer {
    let home: MiyabiHome
    let location: ClusterLocation
    let binaries: PostgresBinaries
    let account: ServiceAccount?
    let logger: Logger

    /// The major version of the cluster in a place, or nil where there is none.
    static func major(of location: ClusterLocation) -> Int? {
        Files.read(location.data + "/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Runs `initdb` with data checksums, UTF-8, the C.UTF-8 locale (the same order on every machine) and passwords everywhere.
    func run() async throws(OperationsError) {
        let draft = location.root + ".new"
        // A killed initdb leaves its bootstrap process to die a moment later.
        try await OrphanedServer(dataDirectory: draft + "/data", logger: logger).stop()
        try Files.remove(draft)
        try setAsideStrangeCluster()
        try Files.makeDirectory(draft, mode: 0o700, owner: account)
        let passwordFile = draft + "/password"
        let password = RandomSecret.password()
        try Files.write(password + "\n", to: passwordFile, mode: 0o600, owner: account)
        let log = home.logDirectory + "/initdb.log"
        let arguments = [
            "--pgdata=\(draft)/data", "--username=postgres", "--pwfile=\(passwordFile)", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--data-checksums", "--no-sync",
            "--no-instructions",
        ]
        let exit = try await ChildProcess.run(
            ChildProcess.Command(
                executable: binaries.initdb, arguments: arguments, output: log, account: account,
                signalOnParentDeath: "KILL"))
        guard exit == .code(0) else {
            throw OperationsError(
                .postgres, "initdb failed with \(exit)", advice: Files.tail(log) ?? "It left no message in \(log).")
        }
        try Files.remove(passwordFile)
        try Files.makeDirectory(draft + "/log", mode: 0o700, owner: account)
        try Files.makeDirectory(draft + "/run", mode: 0o700, owner: account)
        try appendInclude(to: draft + "/data/postgresql.conf")
        // The password goes to its place before the cluster does: a cluster without its password is lost, the reverse is not.
        try PasswordFile(path: home.superuserPasswordFile, user: "postgres")
            .write(password: password, port: 0, socketDirectory: location.socketDirectory)
        // One flush of the file system instead of one for each of the thousand files.
        sync()
        try Files.rename(draft, to: location.root)
        try location.link(from: home)
    }

    /// Renames whatever stands in the cluster's place. Below `/var/lib/miyabi` that can be the cluster of a home that was
    /// deleted by hand: its password is gone with the home, its data may still be wanted.
    private func setAsideStrangeCluster() throws(OperationsError) {
        guard Files.exists(location.root) else { return }
        guard location.root != home.postgresDirectory else {
            throw OperationsError(
                .postgres, "\(location.root) exists but is not a PostgreSQL cluster",
                advice: "Check what is in it; `miyabi reset` deletes it.")
        }
        try Files.rename(location.root, to: "\(location.root).orphan-\(time(nil))")
    }

    private func appendInclude(to path: String) throws(OperationsError) {
        guard let text = Files.read(path) else { throw .system("read", path) }
        try Files.write(text + ServerConfigurationFile.include, to: path, mode: 0o600, owner: account)
    }
}

extension EmbeddedPostgres {
    /// Makes, as superuser, what the owner's role may not make for itself: that role, its database, the roles that sessions
    /// become, and pg_stat_statements. Does what is missing and nothing else, so it runs on every start.
    func bootstrap(logger: Logger) async throws(OperationsError) {
        do {
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: "postgres"), logger: logger
            ) { connection in
                try await makeOwner(connection)
                try await makeSessionRoles(connection)
                try await makeDatabase(connection)
            }
            try await PostgresConnection.withConnection(
                to: superuserConfiguration(database: MiyabiHome.database), logger: logger
            ) { connection in
                try await connection.executeScript(
                    """
                    SET client_min_messages = warning;
                    CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
                    GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO \(MiyabiHome.ownerRole);
                    """)
            }
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.postgres, "cannot set up the roles and the database: \(error)")
        }
    }

    private func makeOwner(_ connection: PostgresConnection) async throws {
        let file = cluster.home.ownerPassword
        let known = file.password
        let password = known ?? RandomSecret.password()
        // The file is first: a role whose password nobody has would be the worse half.
        try file.write(
            password: password, port: port, socketDirectory: cluster.location.socketDirectory, host: transport.tls?.host
        )

        let owner = MiyabiHome.ownerRole
        let exists = try await !connection.query("SELECT 1 FROM pg_roles WHERE rolname = \(owner)").isEmpty
        if !exists || known == nil {
            // Only a verifier is sent: no password in a statement, whatever the server is set to log or count.
            try await connection.executeScript(
                "\(exists ? "ALTER" : "CREATE") ROLE \(owner) LOGIN PASSWORD '\(SCRAMVerifier.make(password: password))'"
            )
        }
        // CREATEROLE, which earlier versions gave, lets a login of PostgreSQL 15 make itself a member of
        // pg_execute_server_program, and so run commands as the server's account.
        try await connection.executeScript(
            """
            SET client_min_messages = error;
            ALTER ROLE \(owner) CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
            REVOKE pg_execute_server_program, pg_read_server_files, pg_write_server_files FROM \(owner);
            GRANT pg_monitor, pg_signal_backend TO \(owner);
            """)
    }

    /// Makes the roles that sessions become, as migrations 002 and 019 do where nobody has made them before. The owner may
    /// become them and give them to nobody.
    private func makeSessionRoles(_ connection: PostgresConnection) async throws {
        let roles = try await connection.query("SELECT rolname::text FROM pg_roles").map { try $0.decode(String.self) }
        let wanted = [
            ("anon", ""), ("authenticated", ""), ("authenticated_own", ""), ("service_role", "BYPASSRLS"),
        ]
        for (name, attributes) in wanted where !roles.contains(name) {
            try await connection.executeScript("CREATE ROLE \(name) NOLOGIN \(attributes)")
        }
        let names = wanted.map(\.0).joined(separator: ", ")
        try await connection.executeScript(
            """
            SET client_min_messages = warning;
            GRANT authenticated TO authenticated_own;
            GRANT \(names) TO \(MiyabiHome.ownerRole);
            REVOKE ADMIN OPTION FOR \(names) FROM \(MiyabiHome.ownerRole);
            """)
    }

    private func makeDatabase(_ connection: PostgresConnection) async throws {
        let found = try await connection.query("SELECT 1 FROM pg_database WHERE datname = \(MiyabiHome.database)")
        guard found.isEmpty else { return }
        try await connection.executeScript("CREATE DATABASE \(MiyabiHome.database) OWNER \(MiyabiHome.ownerRole)")
    }
}

/// A password as PostgreSQL stores it: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>` (RFC 5803).
///
/// Sent in `ALTER ROLE … PASSWORD` instead of the password, it keeps the password out of statements, logs and statistics.
/// For ASCII passwords only, which need no SASLprep.
enum SCRAMVerifier {
    static func make(password: String, salt: [UInt8] = RandomSecret.bytes(16), iterations: Int = 4096) -> String {
        let salted = SymmetricKey(data: pbkdf2(password: password, salt: salt, iterations: iterations))
        let clientKey = HMAC<SHA256>.authenticationCode(for: Array("Client Key".utf8), using: salted)
        let storedKey = SHA256.hash(data: Array(clientKey))
        let serverKey = HMAC<SHA256>.authenticationCode(for: Array("Server Key".utf8), using: salted)
        return "SCRAM-SHA-256$\(iterations):\(base64(salt))$\(base64(Array(storedKey))):\(base64(Array(serverKey)))"
    }

    /// PBKDF2-HMAC-SHA-256 with one block of output (RFC 5802 calls it Hi).
    private static func pbkdf2(password: String, salt: [UInt8], iterations: Int) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<iterations {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
