extension PostgresConfiguration {
    /// How another program of libpq's, such as psql, is told of this server: a connection string for its arguments, which
    /// everybody on the machine can see, and the password for its environment (`PGPASSWORD`), which only its owner can.
    ///
    /// A password for the client's key is in neither: the program asks for it.
    ///
    /// - Throws: `PostgresError` with code `.plaintextRefused`, or `.connectFailed` for a host that does not exist. Blocks:
    ///   it may resolve names.
    package func forProgram() throws -> (arguments: String, password: String?) {
        let all = connectOptions()
        let plan = try ConnectPlan(all, resolve: HostNames.resolve)
        try checkTransport(plan)
        let version = TransportRule.minimumVersion(all)
        let plain = options.filter { !Self.secrets.contains($0.keyword) && $0.keyword != version.keyword }
        let shown = (plain + [version]).map { option in
            "\(option.keyword)='\(option.value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        }
        return (shown.joined(separator: " "), options.last { $0.keyword == "password" }?.value)
    }
}

extension PostgresConfiguration {
    /// - Throws: `PostgresError` with code `.plaintextRefused`, if any of the servers would be talked to in clear.
    func checkTransport(_ plan: ConnectPlan) throws {
        guard !allowsPlaintext else { return }
        for attempt in plan.attempts {
            if let objection = TransportRule.objection(to: attempt) {
                throw PostgresError(.plaintextRefused, objection)
            }
        }
    }
}
