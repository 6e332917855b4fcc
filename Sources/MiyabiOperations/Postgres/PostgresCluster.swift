import Glibc
import Logging
import MiyabiHome
import MiyabiSystem

/// A cluster on disk that is complete and that no server uses: ready to be started.
struct PostgresCluster: Sendable {
    let home: MiyabiHome
    let location: ClusterLocation
    let binaries: PostgresBinaries
    let account: ServiceAccount?
    /// Whether this call made it.
    let isNew: Bool

    /// Finds the cluster of a home, or makes it; stops servers that an earlier, killed supervisor left behind.
    static func prepare(
        home: MiyabiHome, binariesDirectory: String?, path: String, logger: Logger
    ) async throws(OperationsError) -> PostgresCluster {
        let account = try ServiceAccount.required()
        try home.create(account: account)
        let location = try await ClusterLocation.choose(for: home, account: account)
        if account != nil { try refuseLinks(location) }
        let major = try usableMajor(home: home, location: location)
        let binaries = try await PostgresBinaries.find(directory: binariesDirectory, major: major, path: path)
        if major == nil {
            logger.info("creating a PostgreSQL \(binaries.major) cluster in \(location.root)")
            try await ClusterInitializer(
                home: home, location: location, binaries: binaries, account: account, logger: logger
            ).run()
        } else {
            try location.link(from: home)
            try mend(location, account: account)
            try await OrphanedServer(dataDirectory: location.data, logger: logger).stop()
        }
        return PostgresCluster(
            home: home, location: location, binaries: binaries, account: account, isNew: major == nil)
    }

    /// The cluster's version, or nil where a new one has to be made.
    private static func usableMajor(home: MiyabiHome, location: ClusterLocation) throws(OperationsError) -> Int? {
        guard let major = ClusterInitializer.major(of: location) else { return nil }
        if try PasswordFile(path: home.superuserPasswordFile, user: "postgres").password() != nil { return major }
        // A cluster outside the home that the home does not know of was left by an earlier home in this place.
        if location.root != home.postgresDirectory && Files.status(home.postgresDirectory) == nil { return nil }
        throw OperationsError(
            .postgres, "the cluster's password file \(home.superuserPasswordFile) is missing",
            advice: "Restore it from a copy of \(home.secretsDirectory), or start over: miyabi reset")
    }

    /// Root follows no link that the server's account may have put there.
    private static func refuseLinks(_ location: ClusterLocation) throws(OperationsError) {
        for path in [location.root, location.data, location.data + "/PG_VERSION"] {
            guard Files.status(path)?.isSymbolicLink == true else { continue }
            throw OperationsError(
                .unusableHome, "\(path) is a link, which Miyabi did not make: somebody else may have put it there",
                advice: "Look where it leads and who made it: ls -l \(path)")
        }
    }

    /// PostgreSQL refuses directories that others may read, or that are somebody else's; copies and archives lose both.
    private static func mend(_ location: ClusterLocation, account: ServiceAccount?) throws(OperationsError) {
        let owner = account?.uid ?? geteuid()
        for path in [location.root, location.data, location.data + "/PG_VERSION"] {
            guard let status = Files.status(path, followingLinks: account == nil) else { continue }
            guard status.owner == owner else {
                throw OperationsError(
                    .unusableHome,
                    "the cluster's files in \(location.data) belong to user number \(status.owner), not \(owner)",
                    advice: "Change the owner back: chown -R \(account?.name ?? String(owner)) \(location.root)/")
            }
        }
        try account.act { () throws(OperationsError) in
            for directory in [location.root, location.data, location.log] { try Files.makeDirectory(directory) }
        }
    }

    /// Writes what depends on this start: settings, access rules, and the passfile of the superuser.
    func configure(tuning: ServerTuning, port: Int, transport: EmbeddedTransport) throws(OperationsError) {
        try location.makeSocketDirectory(account: account)
        try install(transport)
        let file = ServerConfigurationFile(tuning: tuning, location: location, port: port, transport: transport)
        try account.act { () throws(OperationsError) in
            try Files.write(file.text, to: location.data + "/miyabi.conf")
            try Files.write(file.hostBasedAuthentication, to: location.data + "/pg_hba.conf")
        }
        let superuser = PasswordFile(path: home.superuserPasswordFile, user: "postgres")
        guard let password = try superuser.password() else { throw .system("read", superuser.path) }
        try superuser.write(password: password, port: port, socketDirectory: location.socketDirectory)
    }

    /// Puts the certificate and its key where the server reads them. PostgreSQL takes a key that is its own account's (0600) or
    /// root's (0640).
    func install(_ transport: EmbeddedTransport) throws(OperationsError) {
        guard let path = transport.certificatePath else { return try Files.remove(location.certificateDirectory) }
        guard let text = try Files.readSecret(path) else { throw .system("read", path) }
        // It lies in a directory of ours: nobody else can put a link there.
        let group = account.map { ServiceAccount.root(withGroupOf: $0) }
        try Files.makeDirectory(location.certificateDirectory, mode: group == nil ? 0o700 : 0o750)
        if let group { try Files.give(location.certificateDirectory, to: group) }
        try Files.write(text, to: location.certificateFile, mode: 0o600)
        if let group {
            try Files.give(location.certificateFile, to: group)
            try Files.changeMode(location.certificateFile, 0o640)
        }
    }
}

/// The text of `miyabi.conf` and `pg_hba.conf`, written before every start.
struct ServerConfigurationFile {
    let tuning: ServerTuning
    let location: ClusterLocation
    let port: Int
    var transport = EmbeddedTransport.plain

    /// Settings of this cluster in this place.
    private var network: ServerParameterGroup {
        ServerParameterGroup(
            title: "Where it listens",
            parameters: [
                ServerParameter(
                    "listen_addresses", listenAddresses.joined(separator: ","),
                    transport.addresses == ["127.0.0.1"] ? "This machine only." : "--listen or MIYABI_LISTEN."),
                ServerParameter("port", port, "--postgres-port or MIYABI_POSTGRES_PORT."),
                ServerParameter(
                    "unix_socket_directories", location.socketDirectory,
                    "A directory that only the server's account may enter."),
                ServerParameter("unix_socket_permissions", "0700", "The same for the socket itself."),
                ServerParameter("log_directory", location.log, "Beside the data."),
                ServerParameter("cluster_name", "miyabi", "What `ps` shows."),
            ] + (transport.tls == nil ? [] : encryption))
    }

    /// `::` is for IPv6 only here, and for both elsewhere.
    private var listenAddresses: [String] {
        transport.addresses.flatMap { $0 == "::" ? ["0.0.0.0", "::"] : [$0] }
    }

    private var encryption: [ServerParameter] {
        [
            ServerParameter("ssl", "on", "--tls or MIYABI_TLS; pg_hba.conf refuses TCP without it."),
            ServerParameter("ssl_min_protocol_version", "TLSv1.2", "Older versions are broken."),
            ServerParameter("ssl_cert_file", location.certificateFile, "Of the local authority: miyabi tls status."),
            ServerParameter("ssl_key_file", location.certificateFile, "In the same file: both change in one step."),
        ]
    }

    /// `miyabi.conf`: every setting with its reason.
    var text: String {
        var lines = [
            "# Written by `miyabi up` before every start: changes here are lost.",
            "# Put settings of your own into local.conf beside this file; they win.",
        ]
        for group in [network] + tuning.parameters {
            lines += ["", "# --- \(group.title) ---"]
            for parameter in group.parameters { lines += ["# \(parameter.reason)", parameter.line] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What `postgresql.conf` gets at its end, once.
    static let include = """

        # Miyabi Database
        include 'miyabi.conf'
        include_if_exists 'local.conf'

        """

    /// `pg_hba.conf`: a password for everybody, the superuser only through the private socket, and TCP only by TLS where there
    /// is TLS.
    var hostBasedAuthentication: String {
        let kind = transport.tls == nil ? "host   " : "hostssl"
        let address = transport.addresses == ["127.0.0.1"] ? "127.0.0.1/32" : "all         "
        return """
            # Written by `miyabi up` before every start: changes here are lost.
            # TYPE  DATABASE     USER      ADDRESS        METHOD
            local   all          all                      scram-sha-256
            local   replication  all                      scram-sha-256
            \(kind) all          postgres  \(address)   reject
            \(kind) all          all       \(address)   scram-sha-256

            """
    }
}
