import Crypto
import Foundation

/// Where a page ended: hand it in again, in this process or another, to go on after there.
///
/// Text without meaning to its holder, safe in URLs. It names the last row that was handed out, not a number of rows to
/// pass over: rows that come in meanwhile shift nothing, and page 10,000 costs what page 1 costs.
public struct PageCursor: Sendable, Hashable, LosslessStringConvertible {
    /// The last row's place, and a signature over it and the listing.
    private let bytes: [UInt8]

    private static let signatureBytes = 16

    /// Reads the text form; nil for anything that ``description`` does not write.
    public init?(_ description: String) {
        guard let data = Data(base64URL: description),
            data.count > PageCursor.Place.rankBytes + PageCursor.signatureBytes
        else { return nil }
        bytes = Array(data)
        guard self.description == description else { return nil }
    }

    init(after place: Place, in listing: String, _ key: CursorKey) {
        let place = place.bytes
        bytes = place + key.signature(of: place, in: listing).prefix(PageCursor.signatureBytes)
    }

    /// Base64url: 54 characters, if the rows' ids are UUIDs.
    public var description: String {
        Data(bytes).base64URL
    }

    /// - Throws: ``CursorError``, when the cursor is of another listing or was not made with this key.
    func place(in listing: String, _ key: CursorKey) throws(CursorError) -> Place {
        let place = bytes.dropLast(PageCursor.signatureBytes)
        let signature = key.signature(of: Array(place), in: listing).prefix(PageCursor.signatureBytes)
        // Without a way out at the first difference, so that time tells nothing.
        let difference = zip(signature, bytes.suffix(PageCursor.signatureBytes)).reduce(0) { $0 | ($1.0 ^ $1.1) }
        guard difference == 0 else { throw CursorError() }
        return Place(bytes: place)
    }

    /// The last row of a page in the order of its listing: its rank, and its id where ranks are equal.
    struct Place {
        var rank: Int64
        var id: [UInt8]

        fileprivate static let rankBytes = 8

        init(rank: Int64, id: [UInt8]) {
            self.rank = rank
            self.id = id
        }

        fileprivate init(bytes: ArraySlice<UInt8>) {
            rank = bytes.prefix(Self.rankBytes).reduce(0) { $0 << 8 | Int64($1) }
            id = Array(bytes.dropFirst(Self.rankBytes))
        }

        fileprivate var bytes: [UInt8] { withUnsafeBytes(of: rank.bigEndian) { Array($0) } + id }
    }
}

/// The key that signs cursors. Processes that hand pages to the same clients share one.
public struct CursorKey: Sendable {
    private let key: SymmetricKey

    /// A key of at least 32 secret bytes.
    public init(secret: [UInt8]) {
        precondition(secret.count >= 32, "a cursor's key has at least 32 bytes")
        key = SymmetricKey(data: secret)
    }

    /// A key that this process alone knows: its cursors end with it.
    public static func random() -> CursorKey {
        CursorKey(secret: SymmetricKey(size: .bits256).withUnsafeBytes(Array.init))
    }

    fileprivate func signature(of place: [UInt8], in listing: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: place + listing.utf8, using: key))
    }
}

/// A cursor that was altered, is of another listing, or was signed with another key.
public struct CursorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence.
    public var description: String { "The cursor does not belong to this listing: start again without a cursor" }
}
