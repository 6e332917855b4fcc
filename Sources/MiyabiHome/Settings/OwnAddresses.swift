import MiyabiSystem
import Postgres

/// Tells the addresses that `miyabi up` printed from addresses of external servers.
struct OwnAddresses {
    let home: MiyabiHome

    /// The port in a `DATABASE_URL` of this home's embedded server; nil for any other server's.
    ///
    /// It is ours when it names Miyabi's database and leads to this home's passfile, or holds the password in that file.
    func port(ofDatabaseURL url: String) -> Int? {
        guard let configuration = Self.embedded(url) else { return nil }
        let isOurs = DatabaseLogin.allCases.contains { login in
            guard configuration["user"] == login.role else { return false }
            return configuration["passfile"].map { Files.isSame($0, home.passwordFile(of: login)) } == true
                || ((try? home.password(of: login).password()) ?? nil).map { url.contains(":\($0)@") } == true
        }
        return isOurs ? configuration["port"].flatMap { Int($0) } : nil
    }

    /// The port in a `DYNAMODB_ENDPOINT` that this home's last run printed; nil for any other.
    func port(ofEndpoint endpoint: String) -> Int? {
        guard let text = Files.read(home.environmentFile),
            let printed = try? EnvironmentFileText(text).variables[Variable.dynamoDBEndpoint.name], printed == endpoint,
            endpoint.hasPrefix("http://127.0.0.1:")
        else { return nil }
        return Int(endpoint.dropFirst("http://127.0.0.1:".count))
    }

    /// The ports of this home's last run: what was printed then may still stand in a shell or in `.env`.
    var lastPorts: (postgres: Int?, dynamoDB: Int?) {
        guard let text = Files.read(home.environmentFile), let printed = try? EnvironmentFileText(text).variables else {
            return (nil, nil)
        }
        return (
            printed[Variable.databaseURL.name].flatMap(port(ofDatabaseURL:)),
            printed[Variable.dynamoDBEndpoint.name].flatMap(port(ofEndpoint:))
        )
    }

    /// The home whose passfile a `DATABASE_URL` leads to; nil if that is none.
    static func home(ofDatabaseURL url: String) -> MiyabiHome? {
        guard let passfile = embedded(url)?["passfile"], passfile.hasPrefix("/") else { return nil }
        for login in DatabaseLogin.allCases {
            let suffix = MiyabiHome(path: "/home").passwordFile(of: login).dropFirst("/home".count)
            guard passfile.hasSuffix(suffix) else { continue }
            let home = MiyabiHome(path: String(passfile.dropLast(suffix.count)))
            if Files.exists(home.marker) { return home }
        }
        return nil
    }

    /// The address of another login at the same home and port; nil where a URL leads to no home's server.
    static func address(of login: DatabaseLogin, insteadOf url: String) -> String? {
        guard let home = home(ofDatabaseURL: url), let port = embedded(url)?["port"].flatMap({ Int($0) }) else {
            return nil
        }
        return home.databaseURL(of: login, port: port)
    }

    /// Whether a URL may be of some home's server.
    static func isEmbedded(_ url: String?) -> Bool { url.flatMap(embedded) != nil }

    /// The parts of a URL that may be of an embedded server.
    private static func embedded(_ url: String) -> PostgresConfiguration? {
        guard let configuration = try? PostgresConfiguration(url), configuration["host"] == "127.0.0.1",
            DatabaseLogin.allCases.contains(where: { $0.role == configuration["user"] }),
            configuration["dbname"] == MiyabiHome.database
        else { return nil }
        return configuration
    }
}
