import Postgres

/// Tells the addresses that `miyabi up` printed from addresses of external servers.
struct OwnAddresses {
    let home: MiyabiHome

    /// The port in a `DATABASE_URL` of this home's embedded server; nil for any other server's.
    ///
    /// It is ours when it names Miyabi's database and leads to this home's passfile, or holds the password in that file.
    func port(ofDatabaseURL url: String) -> Int? {
        guard let configuration = try? PostgresConfiguration(url), configuration["host"] == "127.0.0.1",
            configuration["user"] == EmbeddedPostgres.ownerRole, configuration["dbname"] == EmbeddedPostgres.database
        else { return nil }
        let password = PasswordFile(path: home.passwordFile, user: EmbeddedPostgres.ownerRole).password
        let isOurs = configuration["passfile"] == home.passwordFile || password.map { url.contains(":\($0)@") } == true
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
}
