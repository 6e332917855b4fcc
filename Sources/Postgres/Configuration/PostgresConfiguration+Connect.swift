extension PostgresConfiguration {
    /// What libpq is given: the string's options, and UTF-8 as the codecs need it.
    var connectOptions: [(keyword: String, value: String)] {
        options.filter { $0.keyword != "client_encoding" } + [("client_encoding", "UTF8")]
    }
}
