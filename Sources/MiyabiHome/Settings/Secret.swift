/// A value that is never shown: not in a description, a dump, a log or an error.
public struct Secret<Value: Sendable & Equatable>: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The value itself; whoever reads it takes care of it.
    public let exposed: Value

    /// Hides a value.
    public init(_ value: Value) { exposed = value }

    /// Always `***`.
    public var description: String { "***" }
    /// Shows nothing, so that `dump` is safe.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
