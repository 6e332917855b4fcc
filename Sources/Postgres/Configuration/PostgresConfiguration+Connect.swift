extension PostgresConfiguration {
    typealias Options = [(keyword: String, value: String)]

    /// What libpq is given: the string's options, UTF-8 as the codecs need it, limits for a peer that is gone, and where the
    /// server is, also where a service or the environment says so: `ConnectPlan` must know the hosts' names, to resolve them
    /// itself. Reads files; a service may make it block.
    /// - Parameter defaults: what the environment says, a service that it names included.
    func connectOptions(_ defaults: Options = ConnectionInfo.defaults()) -> Options {
        let hasService = options.contains { $0.keyword == "service" && !$0.value.isEmpty }
        let found = hasService ? ConnectionInfo.withService(options) : defaults
        let place: Set = ["host", "hostaddr", "port", "target_session_attrs", "sslmode"]
        // A limit that the string, the service or the environment sets stands.
        let limits = Self.keepAlive.filter { limit in !found.contains { $0.keyword == limit.keyword } }
        let added = limits + found.filter { place.contains($0.keyword) }
        let own: Options = [("client_encoding", "UTF8"), TransportRule.minimumVersion(options + found)]
        return added.filter { option in !options.contains { $0.keyword == option.keyword } }
            + options.filter { option in !own.contains { $0.keyword == option.keyword } } + own
    }

    /// A machine that has vanished is noticed after a minute without traffic, or after half a minute in which it does not
    /// confirm what was sent. Linux alone would take two hours and a quarter of an hour.
    private static let keepAlive: Options = [
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"),
    ]
}
