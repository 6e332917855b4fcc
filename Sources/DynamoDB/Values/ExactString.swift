import Glibc

/// Text that equals another only byte for byte, and sorts by its bytes: as DynamoDB compares attribute names, strings
/// and members of sets.
///
/// Swift's `String` compares by meaning: `é` as one scalar equals `e` followed by a combining accent. To DynamoDB they are
/// two texts.
public struct ExactString: Sendable, Hashable, Comparable {
    /// The text as it was given.
    public let text: String

    /// Makes the text comparable by its bytes.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether both have the same UTF-8 bytes.
    public static func == (left: ExactString, right: ExactString) -> Bool {
        let count = left.text.utf8.count
        guard count == right.text.utf8.count else { return false }
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let start = left.baseAddress, let other = right.baseAddress else { return count == 0 }
                return memcmp(start, other, count) == 0
            }
        }
    }

    /// Whether the first comes before the other in the order of their UTF-8 bytes.
    public static func < (left: ExactString, right: ExactString) -> Bool {
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let start = left.baseAddress, let other = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(start, other, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
    }

    /// Hashes the UTF-8 bytes.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // So that two texts one after the other do not hash as one.
        hasher.combine(0xFF as UInt8)
    }
}

extension ExactString: ExpressibleByStringInterpolation {
    /// Makes the text of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension ExactString: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text.
    public var description: String { text }
    /// The text in quotation marks.
    public var debugDescription: String { text.debugDescription }
}
