/// The keys from `lower` up to but not including `upper`, in byte order.
struct KeyRange: Equatable, Sendable {
    var lower: [UInt8]
    var upper: [UInt8]

    /// All keys that begin with `prefix`.
    init(prefix: [UInt8]) {
        lower = prefix
        upper = prefix.successorOfPrefix
    }

    init(from lower: [UInt8], to upper: [UInt8]) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether no key can lie in the range.
    var isEmpty: Bool { !lower.lexicographicallyPrecedes(upper) }

    /// The keys that are in both.
    func intersection(_ other: KeyRange) -> KeyRange {
        KeyRange(
            from: lower.lexicographicallyPrecedes(other.lower) ? other.lower : lower,
            to: upper.lexicographicallyPrecedes(other.upper) ? upper : other.upper)
    }

    func contains(_ key: [UInt8]) -> Bool {
        !key.lexicographicallyPrecedes(lower) && key.lexicographicallyPrecedes(upper)
    }
}

extension [UInt8] {
    /// The smallest byte string greater than every one that begins with this one.
    ///
    /// Keys begin with an identifier far below 0xFFFFFFFF, so there always is one.
    var successorOfPrefix: [UInt8] {
        var result = self
        while let last = result.last {
            if last < 0xFF {
                result[result.count - 1] = last + 1
                return result
            }
            result.removeLast()
        }
        preconditionFailure("A prefix of 0xFF bytes has no successor")
    }
}
