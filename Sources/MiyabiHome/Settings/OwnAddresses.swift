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
        let isOurs =
            configuration["passfile"].map { Files.isSame($0, home.passwordFile) } == true
            || home.ownerPassword.password.map { url.contains(":\($0)@") } == true
        return isOurs ? configuration["port"].flatMap { Int($0) } : nil
    }

    /// The port in a `DYNAMODB_ENDPOINT` that this home's last run printed; nil for any other.
    func port(ofEndpoint endpoint: String) -> Int? {
        guard let text = Files.read(home.environmentFile),
            let printed = try? EnvironmentFileText(text).variables[Variable.dynamoDBEndpoint.name],
            Self.withoutScheme(printed) == Self.withoutScheme(endpoint), let colon = endpoint.lastIndex(of: ":")
        else { return nil }
        return Int(endpoint[endpoint.index(after: colon)...])
    }

    /// The same port may have spoken TLS in the last run, and none before.
    private static func withoutScheme(_ endpoint: String) -> Substring {
        endpoint.firstRange(of: "://").map { endpoint[$0.upperBound...] } ?? endpoint[...]
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
        guard let passfile = embedded(url)?["passfile"] else { return nil }
        let suffix = MiyabiHome(path: "/home").passwordFile.dropFirst("/home".count)
        guard passfile.hasPrefix("/"), passfile.hasSuffix(suffix) else { return nil }
        let home = MiyabiHome(path: String(passfile.dropLast(suffix.count)))
        return Files.exists(home.marker) ? home : nil
    }

    /// The parts of a URL that may be of an embedded server.
    private static func embedded(_ url: String) -> PostgresConfiguration? {
        guard let configuration = try? PostgresConfiguration(url),
            configuration["hostaddr"] ?? configuration["host"] == "127.0.0.1",
            configuration["user"] == MiyabiHome.ownerRole, configuration["dbname"] == MiyabiHome.database
        else { return nil }
        return configuration
    }
}
