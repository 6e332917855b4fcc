import MiyabiHome
public import Postgres

extension EmbeddedPostgres {
    /// `DATABASE_URL`: the owner's address over TCP, with the path of the passfile instead of the password.
    public nonisolated var url: String { cluster.home.databaseURL(port: port) }

    /// How Miyabi itself connects as the owner.
    public nonisolated var configuration: PostgresConfiguration {
        get throws { try PostgresConfiguration(url) }
    }

    /// The superuser's address: the private Unix socket, and nothing else.
    func superuserConfiguration(database: String) throws -> PostgresConfiguration {
        try PostgresConfiguration(
            Self.superuserAddress(
                home: cluster.home, location: cluster.location, port: port, database: database, program: "miyabi up"))
    }

    static func superuserAddress(
        home: MiyabiHome, location: ClusterLocation, port: Int, database: String, program: String
    ) -> String {
        let options = [
            ("host", location.socketDirectory), ("port", String(port)), ("user", "postgres"), ("dbname", database),
            ("passfile", home.superuserPasswordFile), ("application_name", program),
        ]
        return options.map { "\($0)='\($1.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
            .joined(separator: " ")
    }
}
