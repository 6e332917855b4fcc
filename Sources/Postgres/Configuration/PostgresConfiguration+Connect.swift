extension PostgresConfiguration {
    typealias Options = [(keyword: String, value: String)]

    /// What libpq is given: the string's options, UTF-8 as the codecs need it, limits for a peer that is gone, and where the
    /// server is, also where the environment says so: `ConnectPlan` must know the hosts' names, to resolve them itself.
    /// - Parameter defaults: what the environment says.
    func connectOptions(_ defaults: Options = ConnectionInfo.defaults()) -> Options {
        let place: Set = ["host", "hostaddr", "port"]
        // A service's file stands between the string and the environment; libpq alone reads it.
        let hasService = options.contains { $0.keyword == "service" }
        let added = hasService ? [] : Self.keepAlive + defaults.filter { place.contains($0.keyword) }
        return added.filter { option in !options.contains { $0.keyword == option.keyword } }
            + options.filter { $0.keyword != "client_encoding" } + [("client_encoding", "UTF8")]
    }

    /// A machine that has vanished is noticed after a minute without traffic, or after half a minute in which it does not
    /// confirm what was sent. Linux alone would take two hours and a quarter of an hour. A service's file may say
    /// otherwise, so there they are not set.
    private static let keepAlive: Options = [
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"),
    ]
}
