/// A statement and the values bound to its parameters.
///
/// Written as a string literal, every interpolation becomes a parameter; none ever becomes part of the text:
/// ```swift
/// let query: PostgresQuery = "SELECT name FROM users WHERE id = \(id) AND created_at > \(since)"
/// query.sql  // SELECT name FROM users WHERE id = $1 AND created_at > $2
/// ```
/// A `String` is sent without a type, so that it may stand for an enum, UUID, timestamp or JSON too; where nothing
/// tells the type, write it: `to_jsonb(\(name)::text)`.
public struct PostgresQuery: Sendable {
    /// The statement's text, with `$1`, `$2` … where values are bound.
    public private(set) var sql: String
    var bindings: PostgresBindings
    /// Whether each run is planned for the values at hand, and never prepared: for a statement whose best plan depends on
    /// them. A prepared one may come to keep one plan for all values (PREPARE, "Notes"). By default `false`.
    public var isPlannedForItsValues = false

    /// Text taken as it is, without parameters. Never build it from what users provide.
    public init(unsafeSQL: String) {
        sql = unsafeSQL
        bindings = PostgresBindings()
    }

    /// Binds one more value, to the next placeholder: for statements whose text is built by code.
    /// - Returns: the placeholder, `$1` for the first value.
    @discardableResult
    public mutating func bind(_ value: some PostgresEncodable) -> String {
        bindings.append(value)
        return "$\(bindings.count)"
    }

    /// Appends text as it is. Never build it from what users provide.
    public mutating func append(unsafeSQL: String) { sql += unsafeSQL }

    /// - Throws: `PostgresError` with code `.encodingFailed` when a value or the text cannot be sent.
    func validate() throws {
        if let failure = bindings.failure { throw failure.inQuery(sql) }
        guard bindings.count <= 65_535 else {
            throw PostgresError(
                .encodingFailed, "the statement has \(bindings.count) parameters; PostgreSQL accepts at most 65535",
                query: sql)
        }
        try Self.validate(sql, bindings.byteCount)
    }

    /// The server's limit for a message (PQ_LARGE_MESSAGE_LIMIT in libpq/libpq.h), less room for lengths and types.
    private static let largestMessage = (1 << 30) - (1 << 20)

    /// - Parameter valueSize: how many bytes the values have.
    static func validate(_ sql: String, _ valueSize: Int = 0) throws {
        guard sql.utf8.count <= largestMessage, valueSize <= largestMessage - sql.utf8.count else {
            throw PostgresError(.encodingFailed, "the statement and its values exceed PostgreSQL's limit of 1 GB")
        }
        guard !sql.utf8.contains(0) else { throw PostgresError(.encodingFailed, "the statement's text holds U+0000") }
    }
}

extension PostgresQuery: CustomStringConvertible {
    /// The text with its placeholders; never the values.
    public var description: String { sql }
}

extension PostgresQuery: CustomReflectable {
    /// Shows the text only, so that `dump` reveals no value.
    public var customMirror: Mirror { Mirror(self, children: ["sql": sql]) }
}

extension PostgresQuery: ExpressibleByStringInterpolation {
    /// A statement without parameters.
    public init(stringLiteral value: String) { self.init(unsafeSQL: value) }

    /// A statement whose interpolated values became parameters.
    public init(stringInterpolation: StringInterpolation) {
        self.init(unsafeSQL: stringInterpolation.sql)
        bindings = stringInterpolation.bindings
    }

    /// Collects the text and the values of an interpolated query.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql = ""
        var bindings = PostgresBindings()

        /// Makes room for the literal's text.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        /// Appends text of the literal itself.
        public mutating func appendLiteral(_ literal: String) { sql += literal }

        /// Binds `value` to a new placeholder.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            bindings.append(value)
            sql += "$\(bindings.count)"
        }

        /// Binds `value` to a new placeholder, `nil` as NULL. (Without this the compiler warns about optionals.)
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            bindings.append(value)
            sql += "$\(bindings.count)"
        }

        /// Inserts text as it is, for fragments that the code itself provides. Never pass what users provide.
        public mutating func appendInterpolation(unsafeSQL fragment: String) { sql += fragment }

        /// Inserts a quoted identifier: `\(identifier: "user")` gives `"user"`.
        public mutating func appendInterpolation(identifier: String) { sql += PostgresIdentifier.quote(identifier) }
    }
}
