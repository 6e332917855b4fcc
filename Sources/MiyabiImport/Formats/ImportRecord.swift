import Crypto
import DynamoDB
import Foundation
import MiyabiDatabase

/// One line of an import, understood: what it means for both halves.
public struct ImportRecord: Sendable, Hashable {
    /// The event's name and time, the same whenever the same line is read.
    var id: ULID
    var type: EventType
    /// Whose event it is.
    var user: GitHubUser?
    var repository: GitHubRepository?
    var data: Item
    /// The run that the event asks for.
    var execution: Execution?

    struct Execution: Sendable, Hashable {
        var agentType: AgentType
        var issueNumber: Int64
    }
}

/// Why a line is no record.
struct LineFault: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A kind of file that can be imported, one record a line.
public protocol ImportFormat: Sendable {
    /// Understands a line.
    ///
    /// - Throws: An error whose description says what is wrong with the line.
    static func record(_ line: [UInt8]) throws -> ImportRecord
}

/// When a webhook payload was sent, which GitHub does not write into it.
///
/// An event is no older than the newest thing that it reports as done. So its time is the latest of all members
/// whose name ends in `_at` (`updated_at`, `pushed_at`, `closed_at`, …), as ISO 8601 or in seconds since 1970,
/// wherever they stand; but not `expires_at`, which lies ahead, nor what users put in themselves (`client_payload`,
/// `inputs`).
///
/// A payload without any gets ``unknown``. Never the time of the import: the same line must always be the same event.
enum PayloadTime {
    /// 2008-04-10, the day that GitHub opened: no event is older.
    static let unknown = Timestamp(seconds: 1_207_785_600)

    private static let ignored: Set<String> = ["expires_at", "client_payload", "inputs"]

    static func of(_ payload: AttributeValue) -> Timestamp {
        latest(payload) ?? unknown
    }

    private static func latest(_ value: AttributeValue) -> Timestamp? {
        switch value {
        case .map(let members):
            members.lazy.filter { !ignored.contains($0.key) }.compactMap { name, member in
                name.hasSuffix("_at") ? moment(member) ?? latest(member) : latest(member)
            }.max()
        case .list(let elements):
            elements.lazy.compactMap(latest).max()
        default: nil
        }
    }

    /// Not before GitHub, and not after the year 9999: other numbers are no times.
    private static func moment(_ value: AttributeValue) -> Timestamp? {
        let moment: Timestamp? =
            switch value {
            case .string(let text): Timestamp(iso8601: text)
            case .number: value.int.flatMap { (0..<253_402_300_800).contains($0) ? Timestamp(seconds: Int64($0)) : nil }
            default: nil
            }
        return moment.flatMap { $0 >= unknown && $0.seconds < 253_402_300_800 ? $0 : nil }
    }
}

extension AttributeValue {
    /// A member of a map; nil when there is none, when it is null, and when this is no map.
    subscript(name: String) -> AttributeValue? {
        guard let member = map?[name], !member.isNull else { return nil }
        return member
    }

    /// A text that a `VARCHAR(255)` column holds, or a fault that names it.
    func shortText(_ name: String, of what: String? = nil) throws(LineFault) -> String {
        let path = AttributeValue.path(name, of: what)
        guard let text = self[name]?.string, !text.isEmpty else { throw LineFault("\(path) is not a text") }
        guard text.unicodeScalars.count <= 255, !text.unicodeScalars.contains("\0") else {
            throw LineFault("\(path) is longer than 255 characters, or holds U+0000")
        }
        return text
    }

    /// A whole number of a range, or a fault that names it.
    func integer(_ name: String, of what: String? = nil, in range: ClosedRange<Int64>) throws(LineFault) -> Int64 {
        guard let number = self[name]?.int.map(Int64.init), range.contains(number) else {
            let path = AttributeValue.path(name, of: what)
            throw LineFault("\(path) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func path(_ name: String, of what: String?) -> String { what.map { "\($0).\(name)" } ?? name }
}

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
