import Foundation

/// Where a listing stopped: hand it in again, in this process or another, to go on after there.
///
/// Text without meaning to its holder, safe in URLs. It belongs to one listing: of the same user, repository or type,
/// in the same order.
public struct EventCursor: Sendable, Hashable, LosslessStringConvertible {
    /// The last event that was handed out.
    let id: ULID
    /// Tells one listing from another; a mistake is found, not an attack.
    let listing: UInt64

    init(after id: ULID, in query: EventQuery) {
        self.id = id
        listing = query.fingerprint
    }

    /// Reads the text form; nil for anything that ``description`` does not write.
    public init?(_ description: String) {
        guard description.utf8.count == 32, let data = Data(base64URL: description), data.count == 24 else {
            return nil
        }
        id = ULID(bits: data.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
        listing = data.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 32 characters of base64url.
    public var description: String {
        var data = Data()
        withUnsafeBytes(of: id.bits.bigEndian) { data.append(contentsOf: $0) }
        withUnsafeBytes(of: listing.bigEndian) { data.append(contentsOf: $0) }
        return data.base64URL
    }

    func check(against query: EventQuery) throws(EventError) {
        guard listing == query.fingerprint else {
            throw EventError(.invalidCursor, "the cursor belongs to another listing, or to another order of this one")
        }
    }
}

extension EventQuery {
    /// FNV-1a over what makes two listings the same. Not Swift's hash, which changes with every process.
    fileprivate var fingerprint: UInt64 {
        "\(scope.key)|\(order)".utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
