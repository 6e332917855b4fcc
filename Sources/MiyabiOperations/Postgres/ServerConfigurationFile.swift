import MiyabiHome

/// The text of `miyabi.conf` and `pg_hba.conf`, written before every start.
struct ServerConfigurationFile {
    let tuning: ServerTuning
    let location: ClusterLocation
    let port: Int

    /// Settings of this cluster in this place.
    private var network: ServerParameterGroup {
        ServerParameterGroup(
            title: "Where it listens",
            parameters: [
                ServerParameter("listen_addresses", "127.0.0.1", "This machine only."),
                ServerParameter("port", port, "--postgres-port or MIYABI_POSTGRES_PORT."),
                ServerParameter(
                    "unix_socket_directories", location.socketDirectory,
                    "A directory that only the server's account may enter."),
                ServerParameter("unix_socket_permissions", "0700", "The same for the socket itself."),
                ServerParameter("log_directory", location.log, "Beside the data."),
                ServerParameter("cluster_name", "miyabi", "What `ps` shows."),
            ])
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

    /// `pg_hba.conf`: a password for everybody, and the superuser only through the private socket.
    static let hostBasedAuthentication = """
        # Written by `miyabi up` before every start: changes here are lost.
        # TYPE  DATABASE     USER      ADDRESS        METHOD
        local   all          all                      scram-sha-256
        local   replication  all                      scram-sha-256
        host    all          postgres  127.0.0.1/32   reject
        host    all          all       127.0.0.1/32   scram-sha-256

        """
}
