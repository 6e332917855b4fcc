public import Tracing

/// Where a server is and how to reach it: a libpq connection string, and what libpq does not know.
///
/// Everything that libpq's manual describes works: URLs (`postgresql://user@host/db?sslmode=verify-full`), lists of
/// hosts, Unix sockets, `key=value` strings, `service`, `passfile`, `target_session_attrs`, and the `PG…` variables
/// for what is left out.
public struct PostgresConfiguration: Sendable {
    /// libpq's options in the order that it knows them; the password is among them.
    let options: [(keyword: String, value: String)]

    /// The longest time that `connect` may take as a whole, by default 10 s, or, if `connect_timeout` is set in the
    /// string or the environment, that many seconds for each host. A service that the string names has no say in it.
    /// `.zero` waits for ever.
    public var connectTimeout: Duration

    /// How long the server may take to answer where nobody else sets a limit.
    public var limits = Limits()

    /// How long the server may take, before its connection is closed. A server that is frozen, or too busy to answer, then
    /// costs a connection and not a task.
    public struct Limits: Sendable, Hashable {
        /// To end a statement that was cancelled or ran into its timeout, or COMMIT in a cancelled task; 5 s.
        public var cancellation = Duration.seconds(5)
        /// To answer what the client itself sends, such as BEGIN, COMMIT, ROLLBACK and savepoints; 60 s. After a COMMIT the
        /// error is `.commitOutcomeUnknown`.
        public var control = Duration.seconds(60)
    }

    /// The number of statements that a connection keeps prepared, by default 256. A statement is prepared when it is
    /// run for the second time; the one used longest ago is dropped first. 0 never prepares.
    public var statementCacheCapacity = 256

    /// Whether a server on another host may be talked to so that somebody on the way could read, change or answer what is
    /// sent; by default not. Then another host needs `sslmode=verify-full`, and else `connect` throws `PostgresError` with code
    /// `.plaintextRefused`. Unix sockets and loopback addresses need nothing.
    public var allowsPlaintext = false

    /// Called with each notice of the server, on a thread that must not be blocked. By default notices are logged:
    /// warnings at level `warning`, everything else at `debug`.
    public var noticeHandler: (@Sendable (PostgresNotice) -> Void)?

    /// Gets a span for each statement; by default the process's tracer, if one was bootstrapped before. `nil` is none.
    public var tracer: (any Tracer)? = PostgresConfiguration.processTracer

    private static var processTracer: (any Tracer)? {
        let tracer = InstrumentationSystem.tracer
        return tracer is NoOpTracer ? nil : tracer
    }

    /// Checks and keeps a connection string.
    ///
    /// - Parameter rdsAuthorities: Where the certificates of Amazon RDS are looked for, which `sslrootcert=rds` stands for. By
    ///   default `~/.postgresql/global-bundle.pem` and the usual places for all users.
    /// - Throws: `PostgresError` with code `.invalidConfiguration`; it never quotes the string.
    public init(_ conninfo: String, rdsAuthorities: [String]? = nil) throws {
        let options = try RDSAuthorities.resolve(ConnectionInfo.parse(conninfo), rdsAuthorities)
        self.options = options
        let hosts = try Self.checkedHosts(options)

        connectTimeout = try Self.connectTimeout(options).map { $0 * max(1, hosts.count) } ?? .seconds(10)
    }

    private static func connectTimeout(_ options: [(keyword: String, value: String)]) throws -> Duration? {
        let everything = Dictionary(ConnectionInfo.defaults() + options) { _, given in given }
        guard let text = everything["connect_timeout"]?.filter({ !$0.isWhitespace }), !text.isEmpty else { return nil }
        guard let seconds = Int32(text) else {
            throw PostgresError(
                .invalidConfiguration, "connect_timeout is not a number of seconds from 0 to \(Int32.max)")
        }
        return .seconds(max(0, seconds))
    }

    /// A copy with one libpq option set to another value, for instance `with("dbname", "postgres")`.
    /// - Throws: `PostgresError` with code `.invalidConfiguration` for a keyword that libpq does not know.
    public func with(_ keyword: String, _ value: String) throws -> PostgresConfiguration {
        guard !value.utf8.contains(0) else {
            throw PostgresError(.invalidConfiguration, "the value of \(keyword) holds U+0000")
        }
        // libpq itself decides which keywords exist.
        guard
            keyword.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            ),
            (try? ConnectionInfo.parse("\(keyword)=''")) != nil
        else { throw PostgresError(.invalidConfiguration, "libpq has no option named \"\(keyword)\"") }
        let changed = try RDSAuthorities.resolve(options.filter { $0.keyword != keyword } + [(keyword, value)], nil)
        return PostgresConfiguration(options: changed, like: self)
    }

    private init(options: [(keyword: String, value: String)], like other: PostgresConfiguration) {
        self.options = options
        connectTimeout = other.connectTimeout
        limits = other.limits
        statementCacheCapacity = other.statementCacheCapacity
        allowsPlaintext = other.allowsPlaintext
        noticeHandler = other.noticeHandler
        tracer = other.tracer
    }

    /// What an option is set to in the string; `nil` for the password, always.
    public subscript(_ keyword: String) -> String? {
        Self.secrets.contains(keyword) ? nil : options.last { $0.keyword == keyword }?.value
    }

    static let secrets: Set<String> = ["password", "sslpassword"]

    /// An unencoded `@` in a URL's password makes the rest of the password a host, which errors would then show.
    private static func checkedHosts(_ options: [(keyword: String, value: String)]) throws -> [Substring] {
        let hosts = (options.last { $0.keyword == "host" }?.value ?? "").split(separator: ",")
        guard !hosts.contains(where: { $0.contains("@") && !$0.hasPrefix("@") && !$0.hasPrefix("/") }) else {
            throw PostgresError(
                .invalidConfiguration,
                "the connection string's host holds \"@\": percent-encode \"@\" in the user name or password as %40")
        }
        return hosts
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomReflectable {
    /// The connection string's settings without secrets, as `host=db.example port=5432 dbname=miyabi user=miyabi`.
    public var description: String {
        options.map { option in
            "\(option.keyword)=\(Self.secrets.contains(option.keyword) ? "***" : option.value)"
        }
        .joined(separator: " ")
    }

    /// Shows what `description` shows, so that `dump` reveals no secret either.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
