extension PostgresConfiguration {
    /// What libpq is given: the string's options, UTF-8 as the codecs need it, and limits for a peer that is gone.
    var connectOptions: [(keyword: String, value: String)] {
        let defaults = options.contains { $0.keyword == "service" } ? [] : Self.keepAlive
        return defaults.filter { option in !options.contains { $0.keyword == option.keyword } }
            + options.filter { $0.keyword != "client_encoding" } + [("client_encoding", "UTF8")]
    }

    /// A machine that has vanished is noticed after a minute without traffic, or after half a minute in which it does not
    /// confirm what was sent. Linux alone would take two hours and a quarter of an hour. A service's file may say
    /// otherwise, so there they are not set.
    private static let keepAlive: [(keyword: String, value: String)] = [
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"),
    ]
}
