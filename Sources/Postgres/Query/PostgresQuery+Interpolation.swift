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
