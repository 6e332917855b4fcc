extension PostgresConfiguration {
    /// What libpq is given: the string's options, UTF-8 as the codecs need it, and a time limit for each host so that
    /// the second host still gets its turn when the first does not answer.
    var connectOptions: [(keyword: String, value: String)] {
        var result = options.filter { $0.keyword != "client_encoding" }
        result.append(("client_encoding", "UTF8"))
        if !options.contains(where: { $0.keyword == "connect_timeout" }), connectTimeout > .zero {
            let hosts = max(1, self["host"]?.split(separator: ",").count ?? 1)
            // libpq takes whole seconds, and nothing below 2; the caller's own limit is exact.
            result.append(("connect_timeout", String(max(2, Int((connectTimeout / hosts).components.seconds) + 1))))
        }
        return result
    }
}
