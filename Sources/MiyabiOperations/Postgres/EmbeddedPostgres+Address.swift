public import Postgres

extension EmbeddedPostgres {
    /// The role that owns the database; `DATABASE_URL` is this role.
    static let ownerRole = "miyabi"
    /// The database.
    static let database = "miyabi_production"

    /// `DATABASE_URL`: the owner's address over TCP, with the path of the passfile instead of the password.
    public nonisolated var url: String { Self.url(home: cluster.home, port: port) }

    static func url(home: MiyabiHome, port: Int) -> String {
        "postgresql://\(ownerRole)@127.0.0.1:\(port)/\(database)?passfile=\(percentEncoded(home.passwordFile))"
    }

    /// The same with the password in it, for drivers that know no passfile. It is a secret.
    static func urlWithPassword(home: MiyabiHome, port: Int) -> String? {
        PasswordFile(path: home.passwordFile, user: ownerRole).password
            .map { "postgresql://\(ownerRole):\($0)@127.0.0.1:\(port)/\(database)" }
    }

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

    /// Everything but letters, digits and what a path shows anyway is encoded.
    static func percentEncoded(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
