/// In which order which servers are tried: libpq's rules for lists of hosts, applied here because libpq's
/// non-blocking calls have no time limit for each host, and its blocking ones cannot report an SQLSTATE.
///
/// Each attempt is at one address, so that a server that does not answer costs only its share of the time.
struct ConnectPlan {
    typealias Options = [(keyword: String, value: String)]

    /// The options of each attempt.
    let attempts: [Options]

    /// - Parameter resolve: the numeric addresses of a host name. libpq is left none to resolve: it would block, without a
    ///   limit, where nobody could give up.
    /// - Throws: what `resolve` throws, if there is no other host.
    init(_ options: Options, resolve: (String) throws -> [String]) throws {
        var failure: (any Error)?
        let places = Self.places(options).flatMap { place -> [Place] in
            guard let host = place.host, place.address == nil, !host.isEmpty, !host.hasPrefix("/"), !host.hasPrefix("@")
            else { return [place] }
            do {
                return try resolve(host).map { Place(host: host, address: $0, port: place.port) }
            } catch {
                failure = failure ?? error
                return []
            }
        }
        if places.isEmpty, let failure { throw failure }
        // "prefer-standby" is a first round for a standby and a second one for any server.
        let rounds: [String?] =
            Self.value("target_session_attrs", options) == "prefer-standby" ? ["standby", "any"] : [nil]
        attempts = rounds.flatMap { round in
            places.map { $0.applied(to: options, sessionAttributes: round) }
        }
    }

    /// Whether the next server may be asked after this failure, as libpq decides it: after a server has refused the
    /// session, only when it said that it cannot take any at the moment.
    static func continues(after error: PostgresError) -> Bool {
        error.sqlState == nil || error.sqlState == PostgresSQLState.cannotConnectNow
    }

    private struct Place {
        var host: String?
        var address: String?
        var port: String?

        func applied(to options: Options, sessionAttributes: String?) -> Options {
            var changes: Options = []
            if let host { changes.append(("host", host)) }
            if let address { changes.append(("hostaddr", address)) }
            if let port { changes.append(("port", port)) }
            if let sessionAttributes { changes.append(("target_session_attrs", sessionAttributes)) }
            return options.filter { option in !changes.contains { $0.keyword == option.keyword } } + changes
        }
    }

    /// Lists that do not match in length are left whole: libpq refuses them with its own words.
    private static func places(_ options: Options) -> [Place] {
        let hosts = list("host", options)
        let addresses = list("hostaddr", options)
        let ports = list("port", options)
        let count = max(hosts.count, addresses.count)
        guard count > 1 || hosts.count == 1, hosts.isEmpty || addresses.isEmpty || hosts.count == addresses.count,
            ports.count <= 1 || ports.count == count
        else { return [Place()] }
        return (0..<count).map { index in
            Place(
                host: hosts.isEmpty ? nil : hosts[index], address: addresses.isEmpty ? nil : addresses[index],
                port: ports.count > 1 ? ports[index] : ports.first)
        }
    }

    private static func list(_ keyword: String, _ options: Options) -> [String] {
        guard let value = value(keyword, options), !value.isEmpty else { return [] }
        return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func value(_ keyword: String, _ options: Options) -> String? {
        options.last { $0.keyword == keyword }?.value
    }
}
