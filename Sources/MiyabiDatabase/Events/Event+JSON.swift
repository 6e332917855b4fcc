import DynamoDB
import Foundation

extension Event {
    /// The event as one line of JSON: `id`, `type`, `timestamp`, `user_id`, `repository_id`, `agent_type`, `expires_at`,
    /// `data`. What it does not have is left out; numbers keep every digit.
    public var json: String {
        var writer = JSONWriter(capacity: 1024)
        let members: AttributeMap<AttributeValue?> = [
            "data": .map(data),
            "agent_type": agentType.map { .string($0) },
            "expires_at": expiresAt.map { .string($0.description) },
            "id": .string(id.description),
            "repository_id": repositoryID.map { .string($0.lowercased) },
            "timestamp": .string(timestamp.description),
            "type": .string(type.rawValue),
            "user_id": userID.map { .string($0.lowercased) },
        ]
        writer.json(.map(members.compactMapValues { $0 }))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    /// Appends a value in plain JSON, not DynamoDB's: members in the order of their names, sets as arrays, bytes in
    /// base64.
    fileprivate mutating func json(_ value: AttributeValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.description.utf8)
        case .string(let text): string(text)
        case .binary(let data): string(Data(data).base64EncodedString())
        case .list(let elements): array(elements)
        case .stringSet(let texts): array(texts.sorted().map { .string($0) })
        case .numberSet(let numbers): array(numbers.sorted().map { .number($0) })
        case .binarySet(let values): array(values.map { .binary($0) })
        case .map(let members):
            separated(members.sorted(), "{", "}") { writer, member in
                writer.string(member.key)
                writer.bytes.append(UInt8(ascii: ":"))
                writer.json(member.value)
            }
        }
    }

    private mutating func array(_ elements: [AttributeValue]) {
        separated(elements, "[", "]") { $0.json($1) }
    }

    private mutating func separated<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: close))
    }
}
