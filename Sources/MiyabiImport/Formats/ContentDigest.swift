import Crypto
import DynamoDB
import Foundation

/// Names that follow from content: what makes a second import of the same file the same import.
enum ContentDigest {
    /// SHA-256 over some texts, each with its length before it, so that no two lists of texts run together alike.
    static func of(_ texts: String...) -> [UInt8] {
        var hash = SHA256()
        for text in texts { hash.update(text) }
        return Array(hash.finalize())
    }

    /// SHA-256 over a value as JSON would have it, blind to the order of members and to white space.
    static func of(_ value: AttributeValue) -> [UInt8] {
        var hash = SHA256()
        hash.update(value)
        return Array(hash.finalize())
    }

    /// A UUID that says nothing but that it follows from a digest (RFC 9562, version 8).
    static func uuid(_ digest: [UInt8]) -> UUID {
        var bytes = Array(digest.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// A number for a user or repository whose number on GitHub is not known, from 2^62 up. GitHub counts from 1 and
    /// will not get there, so the two never meet; the columns are BIGINT, and positive.
    static func githubID(_ digest: [UInt8]) -> Int64 {
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(1 << 62 | number >> 2)
    }
}

extension SHA256 {
    fileprivate mutating func update(_ text: String) {
        update(tag: "s", count: text.utf8.count)
        update(data: Array(text.utf8))
    }

    private mutating func update(tag: Unicode.Scalar, count: Int) {
        update(data: [UInt8(truncatingIfNeeded: tag.value)])
        withUnsafeBytes(of: UInt64(count).bigEndian) { update(bufferPointer: $0) }
    }

    fileprivate mutating func update(_ value: AttributeValue) {
        switch value {
        case .null: update(tag: "0", count: 0)
        case .bool(let bool): update(tag: "b", count: bool ? 1 : 0)
        case .string(let text): update(text)
        case .number(let number):
            update(tag: "n", count: 0)
            update(number.description)
        case .list(let elements):
            update(tag: "l", count: elements.count)
            for element in elements { update(element) }
        case .map(let members):
            update(tag: "m", count: members.count)
            for (name, member) in members.sorted() {
                update(name)
                update(member)
            }
        case .binary, .stringSet, .numberSet, .binarySet:
            preconditionFailure("JSON has neither bytes nor sets")
        }
    }
}
